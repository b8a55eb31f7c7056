"""News that travels up, with ``charge``: ``settled``, ``refunded``, ``taken_back``, ``exempted`` (owed ``again``)."""

from django.dispatch import Signal

settled = Signal()
refunded = Signal()
taken_back = Signal()
exempted = Signal()
