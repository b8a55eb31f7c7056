"""Signals 知らせ of the records to the apps above."""

from django.dispatch import Signal

before_erase = Signal()
"""Sent with ``file`` and ``by`` in the transaction of a disposal; receivers erase their copies of its contents."""
