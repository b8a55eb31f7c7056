"""Shared pages 共用のページ: the bytes of a public page that many open at once, made once a language for all of them.

Who is signed in, sits at a shared terminal, has a message waiting or asks with words gets a page of their own. The rest
get the same bytes; only the token against forged forms (CSRF), which every browser has for itself, is set in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language

from todoke.runtime.read_only_mode import read_only
from todoke.web.english_runs import english_run_middleware
from todoke.web.japanese_runs import japanese_run_middleware
from todoke.web.ruby_text import IS_MARKED, ruby_middleware
from todoke.web.shared_terminal import is_shared

_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
_MESSAGES = "messages"
_making, LONGEST_WAIT = Lock(), 2.0
"""One page is made at a time, and who waits finds it made; after so many seconds everybody makes it alone."""


@dataclass(frozen=True)
class MadePage:
    """作ったページ: a response, and the first moment at which it would say something else."""

    response: HttpResponse
    until: datetime


@dataclass(frozen=True)
class _SharedPage:
    parts: tuple[bytes, ...]
    """The page, cut where a browser's token stands."""
    until: datetime


def shared_page(request: HttpRequest, name: str, make: Callable[[HttpRequest], MadePage]) -> HttpResponse:
    """Return the page ``name``: what ``make`` made for everybody and still holds, else what it makes now."""
    if not _is_for_everybody(request):
        return make(request).response
    key = f"shared-page:{name}:{get_language()}:{'copy' if read_only() else ''}"
    kept = _kept(key) or _made_by_one(request, key, make)
    if isinstance(kept, HttpResponse):
        return kept
    response = HttpResponse(get_token(request).encode().join(kept.parts))
    setattr(response, IS_MARKED, True)
    return response


def _made_by_one(request: HttpRequest, key: str, make: Callable[[HttpRequest], MadePage]) -> _SharedPage | HttpResponse:
    """Return the page that one request makes and the others wait for; a response that is no page as it is."""
    waited = _making.acquire(timeout=LONGEST_WAIT)
    try:
        if (kept := _kept(key)) is not None:
            return kept
        made = make(request)
        if made.response.status_code != HTTPStatus.OK:
            return made.response
        kept = _SharedPage(tuple(_TOKEN.split(_marked(request, made.response))), made.until)
        cache.set(key, kept, max(0.0, (kept.until - timezone.now()).total_seconds()))
        return kept
    finally:
        if waited:
            _making.release()


def _kept(key: str) -> _SharedPage | None:
    kept: _SharedPage | None = cache.get(key)
    return kept if kept and timezone.now() < kept.until else None


def _is_for_everybody(request: HttpRequest) -> bool:
    """Tell whether nothing on a page depends on who asks; a query stands in the page's choice of languages."""
    cookies = request.COOKIES
    personal = settings.SESSION_COOKIE_NAME in cookies or _MESSAGES in cookies or is_shared(request)
    return request.method in ("GET", "HEAD") and not personal and not request.META.get("QUERY_STRING")


def _marked(request: HttpRequest, response: HttpResponse) -> bytes:
    """Return the page with furigana and languages marked, as the middleware of the settings would."""
    marks = ruby_middleware(japanese_run_middleware(english_run_middleware(lambda _: response)))
    marks(request)
    return response.content
