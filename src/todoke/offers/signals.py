"""Signals of the offers 公開の知らせ: a release waits for a second person, or was answered."""

from django.dispatch import Signal

release_review_requested = Signal()
"""Sent with ``draft`` and ``by`` when a second person is asked to confirm the terms of a release."""
release_review_settled = Signal()
"""Sent with ``draft`` and ``by`` when the terms were returned or published."""
