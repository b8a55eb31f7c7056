"""News from the forms, heard by the storeys above."""

from django.dispatch import Signal

published = Signal()
"""Sent with ``version`` and ``by`` when a document was frozen as a new version."""
