"""Subscriptions 利用契約: what tools cost a year, the gap until a budget pays for them, and what to decide when."""
