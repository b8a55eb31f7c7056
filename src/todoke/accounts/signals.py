"""Signals of accounts for the rooms above (利用者の知らせ)."""

from django.dispatch import Signal

sign_in_refused = Signal()
"""A password was wrong: ``user``, None where the address belongs to nobody."""
