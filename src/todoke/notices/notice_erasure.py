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
    return found.update(
        subject="",
        body="",
        email=NOBODY,
        name="",
        user=None,
        secret_until=None,
        erased_at=timezone.now(),
    )


def erase_ended_secrets() -> int:
    """Clear the text of notices whose code or link opens nothing any more, sent or not; return how many."""
    return Message.objects.with_ended_secrets(timezone.now()).erase_secrets()
