"""Draft cookie 下書きの鍵: the tokens of unfinished applications of this browser, in one signed cookie."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from todoke.web.shared_terminal import is_shared

COOKIE = "__Host-drafts" if settings.HTTPS else "drafts"
AGE = timedelta(days=30)
MOST = 8
LINK_AGE = timedelta(days=30)
_COOKIE_SALT = "todoke.portal.drafts"
_LINK_SALT = "todoke.portal.resume"


def draft_tokens(request: HttpRequest) -> list[str]:
    """Return the tokens of drafts that this browser began or opened by link, newest first."""
    sealed = request.COOKIES.get(COOKIE, "")
    try:
        tokens = signing.loads(sealed, salt=_COOKIE_SALT, max_age=AGE)
    except signing.BadSignature:
        return []
    return [str(token) for token in tokens]


def _write(response: HttpResponse, tokens: list[str], *, shared: bool) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(tokens, salt=_COOKIE_SALT),
        max_age=None if shared else AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def add_draft(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Add a draft to the cookie; beyond ``MOST`` the oldest is dropped."""
    tokens = [token, *(other for other in draft_tokens(request) if other != token)]
    _write(response, tokens[:MOST], shared=is_shared(request))


def delete_drafts(response: HttpResponse) -> None:
    """Delete the cookie (共用の端末); the drafts themselves remain."""
    response.delete_cookie(COOKIE, samesite="Lax")


def resume_code(token: str) -> str:
    """Return the signed code of a mailed link (続きのリンク), valid for 30 days."""
    return signing.dumps(token, salt=_LINK_SALT)


def token_of(resume_code: str) -> str | None:
    """Return the draft's token of a mailed link, or None when it is forged or expired."""
    try:
        return str(signing.loads(resume_code, salt=_LINK_SALT, max_age=LINK_AGE))
    except signing.BadSignature:
        return None
