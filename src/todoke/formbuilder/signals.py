"""Signals of the forms to the apps above."""

from django.dispatch import Signal

published = Signal()
"""Sent with ``version`` and ``by`` when a version was published."""
