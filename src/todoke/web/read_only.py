"""Read-only middleware ダウン対策: serves pages from the replica and blocks writes while the primary is unavailable."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from todoke.runtime import read_only_mode, replica
from todoke.runtime.read_only_mode import ReadOnly, breaker

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNING_IN = ("/accounts/login/", "/accounts/logout/", "/accounts/2fa/authenticate/")
FOR_PROGRAMS = "/api/"
"""Addresses that programs ask: they are told by JSON, and send again."""
ALWAYS_ALLOWED = ("/outage/", "/language/", *SIGNING_IN)
RETRY_AFTER = "60"
WRITES_NOTHING = "writes_nothing"
"""The mark of a view whose POST only shows or hands out, and is therefore answered in read-only mode."""
log = structlog.get_logger()
_tokens = CsrfViewMiddleware(lambda request: HttpResponse())
"""Reads the browser's CSRF token when no view runs; a new token would be refused on the next page."""


def primary_is_available() -> bool:
    """Tell whether the primary database answers: checks a kept connection or opens one."""
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
    """Tell whether the connection broke during the request; if so, close it."""
    if connection.vendor == "sqlite":
        return not primary_is_available()
    if connection.in_atomic_block or not connection.errors_occurred:
        return False
    if connection.connection is not None and connection.is_usable():
        return False
    connection.close()
    return True


def _read_only_cause() -> tuple[datetime, str] | None:
    """Return since when and why this request is read-only, or None; updates the circuit breaker."""
    if (switch := read_only_mode.manual_switch()) is not None:
        return datetime.fromisoformat(switch.since), switch.reason
    if breaker.allows_attempt():
        if primary_is_available():
            if breaker.since is not None:
                log.warning("the database answers again")
            breaker.close()
            return None
        if breaker.since is None:
            log.error("the database does not answer; pages are only shown")
        breaker.trip(timezone.now())
    since = breaker.since
    return (since, "データベースが応答しません") if since else None


def serve_from_replica(get_response: GetResponse) -> GetResponse:
    """Serve requests from the replica in read-only mode, and when the connection broke during a request.

    When the primary is back at once, a safe request is repeated; for any other the typed input is returned in a page,
    because nobody knows whether it was committed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        cause = _read_only_cause()
        if cause is None:
            answer = get_response(request)
            if answer.status_code != 500 or not connection_lost():
                return answer
            if primary_is_available():
                return _retry(request, get_response) if request.method in SAFE else _unavailable(request)
            breaker.trip(timezone.now())
            cause = _read_only_cause()
        return _from_replica(request, get_response, cause) if cause else get_response(request)

    return middleware


def _retry(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Repeat a safe request, with a new CSRF token instead of the one in the lost response."""
    for name in ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE"):
        request.META.pop(name, None)
    return get_response(request)


def _from_replica(request: HttpRequest, get_response: GetResponse, cause: tuple[datetime, str]) -> HttpResponse:
    since, reason = cause
    answer: HttpResponse | None = None
    try:
        with replica.use_replica() as copy:
            read_only_mode.set_read_only(ReadOnly(since, reason, replica.data_as_of(copy)))
            answer = get_response(request)
    except (DatabaseError, InterfaceError):
        log.error("the standby does not answer either")
    finally:
        if answer is None or answer.status_code == 500:
            answer = _unavailable(request)
        read_only_mode.set_read_only(None)
    return answer


def unsaved_input_response(request: HttpRequest) -> HttpResponse:
    """Return the page of ``settings.READ_ONLY_VIEW``, which shows the typed input again; JSON to a program."""
    if request.path_info.startswith(FOR_PROGRAMS):
        said = "いまは書き込めません。しばらく待ってから、同じ再送キーでもう一度送ってください。"
        return JsonResponse(
            {"title": said, "status": 503, "detail": ""}, status=503, headers={"Retry-After": RETRY_AFTER}
        )
    view: GetResponse = import_string(settings.READ_ONLY_VIEW)
    return view(request)


def _unavailable(request: HttpRequest) -> HttpResponse:
    if request.method not in SAFE:
        request.user = AnonymousUser()
        _tokens.process_request(request)
        with suppress(DatabaseError, InterfaceError):
            return unsaved_input_response(request)
    answer = HttpResponse(render_to_string("503.html", request=None), status=503)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


class BlockWrites:
    """Last middleware before the views: in read-only mode unsafe requests get their typed input back unprocessed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if read_only_mode.read_only() is not None and not request.path_info.startswith(SIGNING_IN):
            request.session.modified = False
        return answer

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Return the page with the typed input instead of calling the view, or None to go on."""
        harmless = request.method in SAFE or getattr(view, WRITES_NOTHING, False)
        if read_only_mode.read_only() is None or harmless or request.path_info.startswith(ALWAYS_ALLOWED):
            return None
        return unsaved_input_response(request)
