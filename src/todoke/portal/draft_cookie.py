"""Keeping 下書きの鍵: the unfinished applications that this browser may go on with, in one signed cookie."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "__Host-drafts" if settings.HTTPS else "drafts"
SHARED = "terminal"
AGE = timedelta(days=30)
MOST = 8
LINK_AGE = timedelta(days=30)
_COOKIE_SALT = "todoke.portal.drafts"
_LINK_SALT = "todoke.portal.resume"


def held(request: HttpRequest) -> list[str]:
    """Return the tokens of the drafts that this browser began or was sent a link to, newest first."""
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


def keep(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Let this browser go on with one more draft; the oldest of too many is let go."""
    tokens = [token, *(other for other in held(request) if other != token)]
    _write(response, tokens[:MOST], shared=is_shared(request))


def let_go(response: HttpResponse) -> None:
    """Forget every draft on this browser (共用の端末); the drafts themselves stay where they are."""
    response.delete_cookie(COOKIE, samesite="Lax")


def is_shared(request: HttpRequest) -> bool:
    """Tell whether this browser is a shared terminal (共用の端末)."""
    return SHARED in request.COOKIES


def share(response: HttpResponse) -> None:
    """Make this browser a shared terminal until its cookies are deleted."""
    response.set_cookie(SHARED, "1", max_age=timedelta(days=365), httponly=True, samesite="Lax")


def resume_code(token: str) -> str:
    """Return what the mailed link to go on (続きのリンク) carries: sealed, valid for 30 days."""
    return signing.dumps(token, salt=_LINK_SALT)


def token_of(resume_code: str) -> str | None:
    """Return the draft's token of a mailed link, or None when the link is forged or too old."""
    try:
        return str(signing.loads(resume_code, salt=_LINK_SALT, max_age=LINK_AGE))
    except signing.BadSignature:
        return None
