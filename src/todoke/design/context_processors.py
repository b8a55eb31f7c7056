"""What every page knows about the house it is in."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    return {
        "municipality": settings.MUNICIPALITY,
        "demo": settings.DEMO,
        "demo_mailbox": settings.DEMO and settings.NOTICE_CHANNEL == "mailbox",
        "languages": settings.LANGUAGES,
    }
