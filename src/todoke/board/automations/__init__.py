"""Automations 自動化: the register, what each saves, and what stops it."""
