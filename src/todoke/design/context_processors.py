"""Context processors 意匠: variables of every template."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the municipality, whether this is the demo, and the languages."""
    return {
        "municipality": settings.MUNICIPALITY,
        "demo": settings.DEMO,
        "demo_mailbox": settings.DEMO and settings.NOTICE_CHANNEL == "mailbox",
        "languages": settings.LANGUAGES,
    }
