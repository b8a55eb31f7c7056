"""Signals of payments, each with ``charge``: settled, refunded, receipt_reversed and exempted (with ``again``)."""

from django.dispatch import Signal

settled = Signal()
refunded = Signal()
receipt_reversed = Signal()
exempted = Signal()
