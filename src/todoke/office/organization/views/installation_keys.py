"""団体の鍵: our key and those that were taken in, as the digits that two municipalities compare by telephone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.installation.permissions import EDIT_APPEARANCE
from todoke.runtime.installation_key import public_key, reading_digits
from todoke.web.permission_check import staff


@require_GET
def installation_keys(request: HttpRequest) -> HttpResponse:
    """Show what two municipalities compare before one takes in the key of the other."""
    staff(request, EDIT_APPEARANCE)
    peers = [(name, reading_digits(key)) for name, key in sorted(settings.PEERS.items())]
    return render(request, "office/appearance/keys.html", {"own": reading_digits(public_key()), "peers": peers})
