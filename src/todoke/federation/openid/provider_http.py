"""Provider HTTP 認証元との通信: JSON over https to an allowed address, without redirect, in bounded time and size."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from todoke.federation.openid.token_refusals import NotAccepted, TryLater
from todoke.file_validation.json_text import read_json

WITHIN = 5.0
LONGEST = 64 * 1024


def is_allowed_address(url: str) -> bool:
    """Whether an address may be called at all: https, or plain http on loopback alone.

    What is not public is called only if the settings name its network; by default the demo names loopback.
    """
    parts = urlsplit(url)
    if parts.username or parts.password or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")


def fetch_json(url: str, *, data: Mapping[str, str] | None = None, bearer: str = "", basic: str = "") -> dict[str, Any]:
    """Return the JSON object that an address answers with. Raises NotAccepted, TryLater.

    ``data`` is sent as a form. The name is resolved once, and that address is the one that is called.
    """
    if not is_allowed_address(url):
        raise NotAccepted("認証元のアドレスが認められていません")
    deadline = time.monotonic() + WITHIN
    headers = {"Accept": "application/json", "User-Agent": "Todoke"}
    if bearer or basic:
        headers["Authorization"] = f"Bearer {bearer}" if bearer else f"Basic {basic}"
    body = None
    if data is not None:
        body, headers["Content-Type"] = urlencode(data), "application/x-www-form-urlencoded"
    try:
        status, text = _exchange(url, body, headers, deadline)
    except (OSError, HTTPException) as problem:
        raise TryLater("認証元につながりません") from problem
    if status >= 500:
        raise TryLater("認証元の故障")
    if status != 200:
        raise NotAccepted("認証元が断りました" if status >= 400 else "認証元がほかのアドレスへ送ろうとしました")
    try:
        found = read_json(text)
    except (ValueError, RecursionError):
        raise NotAccepted("認証元の答えを読めません") from None
    if not isinstance(found, dict):
        raise NotAccepted("認証元の答えを読めません")
    return found


def _exchange(url: str, body: str | None, headers: Mapping[str, str], deadline: float) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET" if body is None else "POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        text = b""
        while len(text) <= LONGEST and (piece := answer.read1(8192)):
            text += piece
            _require_time(deadline)
        if len(text) > LONGEST:
            raise NotAccepted("認証元の答えが長すぎます")
        return answer.status, text
    finally:
        connection.close()


def _require_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise TryLater("認証元の答えが遅すぎます")


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    """Return an open connection to the address that a name has now. Raises NotAccepted, OSError."""
    port = port or (443 if scheme == "https" else 80)
    address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
    ip = ipaddress.ip_address(address)
    if not ip.is_global and not any(ip in network for network in settings.PROVIDER_NETWORKS):
        raise NotAccepted("認証元のアドレスが認められていません")
    opened = socket.create_connection((str(address), port), timeout=WITHIN)
    connection: HTTPConnection
    if scheme == "https":
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, port, timeout=WITHIN, context=context)
        connection.sock = context.wrap_socket(opened, server_hostname=host)
    else:
        connection = HTTPConnection(host, port, timeout=WITHIN)
        connection.sock = opened
    return connection
