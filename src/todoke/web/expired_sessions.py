"""Session expiry middleware ログインの終わり: ends sessions by their times; what was typed is handed back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from todoke.accounts.models import User
from todoke.accounts.session_expiry import (
    CONFIRMED,
    OPENED_BY,
    SEEN,
    SessionTimes,
    begin_session,
    is_worth_noting,
    session_times,
)  # fmt: skip
from todoke.accounts.signals import session_expired
from todoke.runtime.read_only_mode import read_only
from todoke.web.same_origin import is_same_origin
from todoke.web.shared_terminal import is_shared

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LEFT_ALONE = ("/sign-in/", "/accounts/", "/api/", "/leave/")
"""Addresses at which no way to a provider begins by itself: it would lead back to itself or out of an act."""


def end_expired_sessions(get_response: GetResponse) -> GetResponse:
    """End a session that lay idle or lasted too long; ``request.session_times`` says when a live one ends.

    ``request.is_shared_terminal`` says whether many people use the browser.

    A page goes on without the sign-in and says why; a form is answered with what was typed. A shared terminal is
    cleared. While nothing can be written (参照専用) quiet ends nothing, because no use can be noted.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        shared = is_shared(request)
        request.session_times, request.is_shared_terminal = None, shared  # type: ignore[attr-defined] # read by pages
        if SESSION_KEY not in request.session and not shared:
            return get_response(request)
        now, times = timezone.now(), session_times(request.session, shared=shared)
        if times is None:
            begin_session(request.session)
            times = session_times(request.session, shared=shared)
        assert times is not None
        if why := times.why_ended(now, counts_idle=read_only() is None) or _ended_elsewhere(request):
            return _ended(request, why, shared=shared) or get_response(request)
        request.session_times = _note_use(request, times, now)  # type: ignore[attr-defined] # the same
        return _recheck(request, now) or get_response(request)

    return middleware


def _ended_elsewhere(request: HttpRequest) -> str:
    """Return why whoever opened the session has ended it; asked only of sessions that a provider opened."""
    marks = request.session.get(OPENED_BY)
    return str(import_string(settings.SESSION_CHECK)(marks)) if marks else ""


def _recheck(request: HttpRequest, now: datetime) -> HttpResponse | None:
    """Return the way to the provider that has to confirm a session of staff once more; only instead of a page."""
    confirmed = request.session.get(CONFIRMED)
    if confirmed is None or now.timestamp() - confirmed["at"] < settings.STAFF_RECHECK.total_seconds():
        return None
    is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if not is_page or request.path_info.startswith(LEFT_ALONE) or read_only() is not None:
        return None
    view: Callable[[HttpRequest], HttpResponse | None] = import_string(settings.SESSION_RECHECK_VIEW)
    return view(request)


def _note_use(request: HttpRequest, times: SessionTimes, now: datetime) -> SessionTimes:
    """Return the times after this use, written at once so that nothing a request beside it changes is overwritten."""
    if read_only() is not None or not is_worth_noting(times, now):
        return times
    modified = request.session.modified
    request.session[SEEN] = now.timestamp()
    try:
        request.session.save()
    except UpdateError:
        _forget(request)
    else:
        request.session.modified = modified
    return replace(times, seen=now)


def _forget(request: HttpRequest) -> None:
    request.session.flush()
    request.user = AnonymousUser()


def end_session(request: HttpRequest, why: str) -> int | None:
    """End the session of a request and enter ``why`` in the trail; return the number of the person it was of."""
    person = request.user if request.user.is_authenticated else None
    _forget(request)
    if person is not None and read_only() is None:
        session_expired.send(sender=User, user=person, why=why)
    return person.pk if person else None


def _ended(request: HttpRequest, why: str, *, shared: bool) -> HttpResponse | None:
    """End the session; return the page that says so, None where the page asked for can say it."""
    typist = end_session(request, why)
    if shared:
        return None if request.path_info == reverse("portal:leave-idle") else redirect("portal:leave-idle")
    if request.method in SAFE or request.path_info.startswith("/accounts/"):
        messages.warning(request, gettext(why))
        return None
    return hand_back(request, why, typist=typist) if is_same_origin(request) else None


def hand_back(request: HttpRequest, why: str = "", *, typist: int | None = None) -> HttpResponse:
    """Return the page of ``settings.SESSION_ENDED_VIEW`` with what was typed, for ``typist`` to send later."""
    view: Callable[..., HttpResponse] = import_string(settings.SESSION_ENDED_VIEW)
    return view(request, why=why, typist=typist)
