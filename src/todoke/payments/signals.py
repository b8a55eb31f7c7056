"""Signals of payments, each with ``charge``: settled, refunded, overpaid; receipt_reversed, exempted (``again``).

A receiver of ``overpaid`` (with ``overpayment``) returns whether it told the payer.
"""

from django.dispatch import Signal

settled = Signal()
refunded = Signal()
receipt_reversed = Signal()
exempted = Signal()
overpaid = Signal()
