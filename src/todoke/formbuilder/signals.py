"""Signals of the forms to the apps above."""

from django.dispatch import Signal

review_requested = Signal()
"""Sent with ``review`` and ``by`` when a designer asked for a review, in its transaction."""

review_settled = Signal()
"""Sent with ``review`` and ``by`` when a review was confirmed or returned, in its transaction."""

published = Signal()
"""Sent with ``version`` and ``by`` when a version was published."""
