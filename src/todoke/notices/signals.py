"""Signals of the notices to the apps above (通知の問い合わせ)."""

from django.dispatch import Signal

before_send = Signal()
"""Sent before each attempt with ``delivery``. A receiver that holds the delivery returns True."""
