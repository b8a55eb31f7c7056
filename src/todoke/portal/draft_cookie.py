"""Draft cookie 下書きの鍵: the mark of this browser and the tokens of its drafts, in one signed cookie."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from todoke.cases.models import Draft
from todoke.web.shared_terminal import is_shared

COOKIE = "__Host-drafts" if settings.HTTPS else "drafts"
AGE = timedelta(days=30)
MOST = 8
_COOKIE_SALT = "todoke.portal.drafts"
_NEW_MARK = "todoke.draft_cookie.browser"


def _held(request: HttpRequest) -> dict[str, Any]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_COOKIE_SALT, max_age=AGE)
    except signing.BadSignature:
        found = {}
    return found if isinstance(found, dict) else {"drafts": found}


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the mark of this browser and its drafts; the mark is new in a browser that has none."""
    found = _held(request)
    browser = str(found.get("browser") or request.META.setdefault(_NEW_MARK, secrets.token_urlsafe(12)))
    return browser, [str(token) for token in found.get("drafts", ())]


def draft_tokens(request: HttpRequest) -> list[str]:
    """Return the tokens of drafts that this browser began or opened by link, newest first."""
    return _read(request)[1]


def holds(request: HttpRequest, draft: Draft) -> bool:
    """Tell whether this browser holds a draft, and is no copy of one whose person has left it (離れる)."""
    browser, tokens = _read(request)
    left = draft.was_left(browser) or (bool(draft.left_browsers) and "browser" not in _held(request))
    return draft.submission.token in tokens and not left


def browser_of(request: HttpRequest) -> str:
    """Return the mark of this browser, by which it is known as the one that sent an application."""
    return _read(request)[0]


def add_draft(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Add a draft to the cookie; beyond ``MOST`` the oldest is dropped."""
    browser, known = _read(request)
    tokens = [token, *(other for other in known if other != token)]
    response.set_cookie(
        COOKIE,
        signing.dumps({"browser": browser, "drafts": tokens[:MOST]}, salt=_COOKIE_SALT),
        max_age=None if is_shared(request) else AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_drafts(response: HttpResponse) -> None:
    """Delete the cookie (共用の端末); the drafts themselves remain."""
    response.delete_cookie(COOKIE, samesite="Lax")
