"""Access log 応答の記録: one line of JSON a request, with its identity, and without anything of a person.

The line names the page, never its address: addresses carry tokens of applications and mailed links. Neither input nor
cookie nor the client's address is written.
"""

import json
import logging
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from todoke.runtime.observability import telemetry
from todoke.runtime.observability.request_metrics import request_metrics
from todoke.runtime.read_only_mode import manual_switch

REQUEST_ID = "HTTP_X_REQUEST_ID"
GIVEN = re.compile(r"[0-9a-f]{32}")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
log = logging.getLogger("todoke.access")
GetResponse = Callable[[HttpRequest], HttpResponse]


def request_id(request: HttpRequest) -> str:
    """Return the identity that a trusted proxy gave the request (32 hexadecimal digits), or a new one."""
    given = request.META.get(REQUEST_ID, "")
    return given if _from_proxy(request) and GIVEN.fullmatch(given) else uuid.uuid4().hex


def _from_proxy(request: HttpRequest) -> bool:
    networks = settings.TRUSTED_PROXIES
    if not networks:
        return False
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(here in network for network in networks)


def access_log(get_response: GetResponse) -> GetResponse:
    """Give each request an identity, count it, and write its line when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        known, began = request_id(request), monotonic()
        request.META[REQUEST_ID] = known
        answer = get_response(request)
        seconds, route = monotonic() - began, route_of(request)
        answer.headers["X-Request-ID"] = known
        request_metrics.observe(route.partition(":")[0], answer.status_code, seconds)
        line = facts(request, route, answer.status_code, seconds)
        if log.isEnabledFor(logging.INFO):
            log.info("%s", json.dumps(line, ensure_ascii=False))
        telemetry.trace(route, line, seconds)
        return answer

    return middleware


def route_of(request: HttpRequest) -> str:
    """Return the name of the page (``portal:page``); allauth's pages as ``accounts:…``, no page as ``other``."""
    match = request.resolver_match
    if match is None or not match.view_name:
        return "other"
    return match.view_name if ":" in match.view_name else f"accounts:{match.view_name}"


def facts(request: HttpRequest, route: str, status: int, seconds: float) -> dict[str, Any]:
    """Return the line of one request."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request": request.META[REQUEST_ID],
        "method": request.method if request.method in METHODS else "OTHER",
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "read_only": manual_switch() is not None,
    }
