"""Erasing 消去: the words and the address of notices go; that and when something was sent stays."""

from django.db import transaction
from django.utils import timezone

from todoke.notices.models import Delivery, Message

NOBODY = "erased@localhost"


@transaction.atomic
def erase_about(about: str) -> int:
    """Erase every notice about a subject; return how many."""
    found = Message.objects.filter(about=about)
    Delivery.objects.filter(message__in=found).update(problem="")
    return found.update(subject="", body="", email=NOBODY, name="", user=None, erased_at=timezone.now())
