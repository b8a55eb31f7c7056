"""Known devices 使ったことのある端末: a browser in which a person signed in before is slowed by itself only.

So a stranger who guesses elsewhere, or in the same building, keeps nobody out who comes as usual.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from todoke.runtime.client_address import client_key

COOKIE = "known-device"
SALT = "todoke.accounts.known_devices"
KEPT = timedelta(days=365)
PEOPLE = 8
"""A device at a counter remembers the last so many people."""


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.strip().casefold(), algorithm="sha256").hexdigest()[:24]


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {"device": secrets.token_urlsafe(12), "people": []}
    return found


def known_device(request: HttpRequest, email: str) -> str:
    """Return the name of the browser if the person of an address signed in with it before, else an empty string."""
    device = _read(request)
    return str(device["device"]) if _mark(email) in device["people"] else ""


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser of a completed sign-in be known as this person's."""
    device = _read(request)
    people = [*(one for one in device["people"] if one != _mark(email)), _mark(email)][-PEOPLE:]
    response.set_cookie(
        COOKIE,
        signing.dumps({"device": device["device"], "people": people}, salt=SALT),
        max_age=int(KEPT.total_seconds()),
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def asker_of(request: HttpRequest) -> str:
    """Return who is counted for a try: the known device of the person asked for, else the client's address."""
    typed = str(getattr(request.user, "email", "") or request.POST.get("login") or request.POST.get("email") or "")
    return known_device(request, typed) or client_key(str(request.META.get("REMOTE_ADDR", "")))
