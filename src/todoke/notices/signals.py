"""Questions of the notices to the apps above (通知の問い合わせ)."""

from django.dispatch import Signal

leaving = Signal()
"""A delivery is about to leave the house: ``delivery``. A receiver that keeps it back answers True."""
