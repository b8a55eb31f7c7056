"""Links リンク: addresses of pages by name, for mails and papers, and for a refusal whose remedy is on a page."""

from django.conf import settings
from django.urls import reverse


def path_to(name: str, *args: object) -> str:
    """Return the path of a page, as a refusal's ``link`` takes it. Raises NoReverseMatch as ``absolute`` does."""
    return reverse(name, args=args)


def absolute(name: str, *args: object) -> str:
    """Return the public address of a page, such as ``absolute("portal:case", number)``.

    Raises NoReverseMatch for a name that no face has; a test resolves every name that the program uses.
    """
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
