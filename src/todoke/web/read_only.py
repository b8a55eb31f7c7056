"""The fallback ダウン対策: when the database is away, or somebody says so, pages are shown and nothing is written."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from todoke.runtime import read_only_mode, replica
from todoke.runtime.read_only_mode import Showing, breaker

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNING_IN = ("/accounts/login/", "/accounts/logout/", "/accounts/2fa/authenticate/")
OPEN = ("/outage/", "/language/", *SIGNING_IN)
RETRY_AFTER = "60"
log = structlog.get_logger()
_tokens = CsrfViewMiddleware(lambda request: HttpResponse())
"""Reads the browser's own token where the way to the views is closed; any other would be refused on the next page."""


def primary_answers() -> bool:
    """Tell whether the database can be asked: a kept connection is tried, a missing one is made."""
    if connection.in_atomic_block:
        return True
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return "memory" in name or Path(name).exists()
    try:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    except (OperationalError, InterfaceError):
        return False
    return True


def connection_lost() -> bool:
    """Tell whether the database left a request that had begun, and let go of what is left of the connection."""
    if connection.vendor == "sqlite":
        return not primary_answers()
    if connection.in_atomic_block or not connection.errors_occurred:
        return False
    if connection.connection is not None and connection.is_usable():
        return False
    connection.close()
    return True


def _why() -> tuple[datetime, str] | None:
    """Say since when and why this request is only shown, or None."""
    if (switch := read_only_mode.switched()) is not None:
        return datetime.fromisoformat(switch.since), switch.reason
    if breaker.may_ask():
        if primary_answers():
            if breaker.since is not None:
                log.warning("the database answers again")
            breaker.mend()
            return None
        if breaker.since is None:
            log.error("the database does not answer; pages are only shown")
        breaker.trip(timezone.now())
    since = breaker.since
    return (since, "データベースが応答しません") if since else None


def serve_from_replica(get_response: GetResponse) -> GetResponse:
    """Answer from the standby while the mode says so, and when the database broke away under a request.

    A database that is back at once is asked again; what was typed is handed back, because nobody knows whether it was
    kept.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        why = _why()
        if why is None:
            answer = get_response(request)
            if answer.status_code != 500 or not connection_lost():
                return answer
            if primary_answers():
                return _again(request, get_response) if request.method in SAFE else _closed(request)
            breaker.trip(timezone.now())
            why = _why()
        return _shown(request, get_response, why) if why else get_response(request)

    return middleware


def _again(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Read a page again; a token that the lost answer would have brought the browser is made anew."""
    for name in ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE"):
        request.META.pop(name, None)
    return get_response(request)


def _shown(request: HttpRequest, get_response: GetResponse, why: tuple[datetime, str]) -> HttpResponse:
    since, reason = why
    answer: HttpResponse | None = None
    try:
        with replica.reading() as copy:
            read_only_mode.show(Showing(since, reason, replica.as_of(copy)))
            answer = get_response(request)
    except (DatabaseError, InterfaceError):
        log.error("the standby does not answer either")
    finally:
        if answer is None or answer.status_code == 500:
            answer = _closed(request)
        read_only_mode.show(None)
    return answer


def hand_back(request: HttpRequest) -> HttpResponse:
    """Return what was typed, on the page that ``READ_ONLY_VIEW`` names."""
    view: GetResponse = import_string(settings.READ_ONLY_VIEW)
    return view(request)


def _closed(request: HttpRequest) -> HttpResponse:
    if request.method not in SAFE:
        request.user = AnonymousUser()
        _tokens.process_request(request)
        with suppress(DatabaseError, InterfaceError):
            return hand_back(request)
    answer = HttpResponse(render_to_string("503.html", request=None), status=503)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


class BlockWrites:
    """Stands last before the views: while nothing is written, whatever would change something is handed back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if read_only_mode.showing() is not None and not request.path_info.startswith(SIGNING_IN):
            request.session.modified = False
        return answer

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Hand back what was typed instead of calling the view."""
        if read_only_mode.showing() is None or request.method in SAFE or request.path_info.startswith(OPEN):
            return None
        return hand_back(request)
