"""News that travels up, with ``charge``: ``settled`` (paid), ``refunded``, ``taken_back`` (owed ``again``)."""

from django.dispatch import Signal

settled = Signal()
refunded = Signal()
taken_back = Signal()
