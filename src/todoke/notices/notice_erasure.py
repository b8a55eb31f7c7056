"""Notice erasure 消去: clears text and address of notices; that and when something was sent stays."""

from django.db import transaction
from django.utils import timezone

from todoke.notices.models import Delivery, Message

NOBODY = "erased@localhost"


@transaction.atomic
def erase_about(about: str) -> int:
    """Clear text, address and account of every notice about a subject; return how many."""
    found = Message.objects.filter(about=about)
    Delivery.objects.filter(message__in=found).update(problem="")
    return found.update(subject="", body="", email=NOBODY, name="", user=None, erased_at=timezone.now())
