"""HTTP client of a synthetic user 閲覧: cookies, forms and redirects over one kept-alive connection; no cache."""

import re
from collections.abc import Mapping
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 15.0


class NoAnswer(Exception):
    """No HTTP response (応答なし): connection refused, closed, or timed out."""


class FetchedPage:
    """A response: status, body as text or bytes, headers, and the final path."""

    def __init__(self, status: int, path: str, body: bytes, headers: dict[str, str]) -> None:
        self.status, self.path, self.body, self.headers = status, path, body, headers

    @cached_property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Browser:
    """The cookies and the connection of one person, from an ``address`` of loopback if one is given.

    ``headers`` go with each request, as a proxy in front sets them.

    Requests raise NoAnswer when no response arrives.
    """

    def __init__(self, port: int, address: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        self.port, self.address, self.cookies, self.token = port, address, dict[str, str](), ""
        self.headers = dict(headers or {})
        self.connection: HTTPConnection | None = None

    def get(self, path: str) -> FetchedPage:
        return self._follow(self._ask("GET", path))

    def post(
        self, path: str, fields: Mapping[str, str | list[str]] | None = None, *, follow: bool = True
    ) -> FetchedPage:
        """POST a form with the CSRF token of the last page; ``follow`` follows redirects."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **(fields or {})}, doseq=True).encode()
        page = self._ask("POST", path, body, "application/x-www-form-urlencoded")
        return self._follow(page) if follow else page

    def upload(
        self, path: str, fields: Mapping[str, str | list[str]], name: str, file: tuple[str, bytes]
    ) -> FetchedPage:
        """POST a form with one file and the CSRF token of the last page."""
        boundary = "----todoke-proof"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"csrfmiddlewaretoken": self.token, **fields}.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file[0]}"\r\n'
        parts += [head.encode(), b"Content-Type: application/pdf\r\n\r\n", file[1], f"\r\n--{boundary}--\r\n".encode()]
        return self._follow(self._ask("POST", path, b"".join(parts), f"multipart/form-data; boundary={boundary}"))

    def clone(self) -> "Browser":
        """Return a second connection with the same cookies, for two requests at once."""
        other = Browser(self.port, self.address, headers=self.headers)
        other.cookies, other.token = dict(self.cookies), self.token
        return other

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _follow(self, page: FetchedPage) -> FetchedPage:
        for _ in range(5):
            if page.status not in {301, 302, 303}:
                return page
            page = self._ask("GET", urljoin(page.path, page.headers["location"]))
        raise NoAnswer("転送が続きます")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> FetchedPage:
        if self.connection is None:
            source = (self.address, 0) if self.address else None
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=source)
        headers = {**self.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            scheme = self.headers.get("X-Forwarded-Proto", "http")
            headers |= {"Content-Type": kind, "Origin": f"{scheme}://127.0.0.1:{self.port}"}
        parts = urlsplit(path)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            self.connection.request(method, target, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as problem:
            self.close()
            raise NoAnswer(str(problem)) from problem
        for value in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value
        page = FetchedPage(
            answer.status, target, content, {name.lower(): value for name, value in answer.headers.items()}
        )
        if found := TOKEN.search(page.text):
            self.token = found.group(1)
        return page
