"""Links リンク: addresses of pages for mails and papers, by the name of the page."""

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *args: object) -> str:
    """Return the public address of a page, such as ``absolute("portal:case", number)``.

    Raises NoReverseMatch for a name that no face has; a test resolves every name that the program uses.
    """
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
