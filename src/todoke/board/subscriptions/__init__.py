"""Subscriptions 利用契約: tools, their cost and their gap until a budget pays for them."""
