"""Outgoing addresses 送り先の確認: an https address that leads out of the house, or where the operator allows it.

A name is resolved once and the connection goes to the address that was checked, so that a name that changes between
check and connection leads nowhere else. Redirects are not followed.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from todoke.runtime.refusals import Unreadable

SECONDS, READ = 10, 1024
Resolve = Callable[[str, int], Sequence[str]]


class Unreachable(OSError):
    """届かない送り先: the address leads inside the house, has no host, or nobody answers."""


@dataclass(frozen=True)
class Target:
    """送り先: host and port of an address, and the path with its query."""

    host: str
    port: int
    path: str


def parsed_url(url: str) -> Target:
    """Return where an address leads. Raises Unreadable for other than plain https addresses."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise Unreadable("送り先を読めません。https:// で始まるアドレスにしてください。") from None
    if parts.scheme != "https" or not host or parts.username or parts.password or parts.fragment:
        raise Unreadable("送り先は https:// で始まるアドレスにしてください。利用者名や # は付けられません。")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise Unreadable("送り先は、半角の英数字と記号だけで書いてください。")
    return Target(host, port, path)


def is_allowed(address: str) -> bool:
    """Tell whether something may be sent to an address: a public one, or one in a network of the settings."""
    here = ip_address(address.partition("%")[0])
    here = getattr(here, "ipv4_mapped", None) or here
    return (here.is_global and not here.is_multicast) or any(here in net for net in settings.WEBHOOK_NETWORKS)


def _resolved(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def checked_address(target: Target, resolve: Resolve = _resolved) -> str:
    """Return the address to connect to. Raises Unreachable when the name has none or any that is not allowed."""
    try:
        found = list(resolve(target.host, target.port))
    except OSError as failed:
        raise Unreachable("名前が引けません") from failed
    if not found or not all(is_allowed(address) for address in found):
        raise Unreachable("送ってよいアドレスではありません")
    return found[0]


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to a checked address while the certificate is that of the name."""

    def __init__(self, target: Target, address: str) -> None:
        self.pinned, self.own_context = (address, target.port), ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self.own_context)

    def connect(self) -> None:
        plain = socket.create_connection(self.pinned, SECONDS)
        self.sock = self.own_context.wrap_socket(plain, server_hostname=self.host)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send a body and return the status of the answer; its content is thrown away. Raises Unreachable, OSError."""
    target = parsed_url(url)
    connection = _PinnedConnection(target, checked_address(target))
    try:
        connection.request("POST", target.path, body, dict(headers))
        answer = connection.getresponse()
        answer.read(READ)
        return answer.status
    except http.client.HTTPException as broken:
        raise Unreachable("答えを読めません") from broken
    finally:
        connection.close()
