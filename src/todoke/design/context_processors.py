"""Context processors 意匠: variables of every template."""

from django.conf import settings
from django.http import HttpRequest

from todoke.design.municipality import municipality


def site(request: HttpRequest) -> dict[str, object]:
    """Return the municipality, how it looks, and whether this is the demo."""
    known = municipality()
    return {
        "municipality": known.name,
        "appearance": known,
        "demo": settings.DEMO,
        "demo_mailbox": settings.DEMO and settings.NOTICE_CHANNEL == "mailbox",
    }
