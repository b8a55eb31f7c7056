"""News that travels up: ``settled`` (a charge was paid) and ``refunded``; both carry ``charge``."""

from django.dispatch import Signal

settled = Signal()
refunded = Signal()
