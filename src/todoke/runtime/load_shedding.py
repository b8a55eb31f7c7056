"""Crowd 混雑: how many requests are worked on at once, and who is asked to come again when too many wait.

The server hands every request to a thread of its own; a few working threads, each with a database connection, do the
work. Whoever has begun an application or is signed in always gets in; newcomers are told to come again when many wait.
"""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

KNOWN = ("drafts=", "session=", "__Host-drafts=", "__Host-session=")
OPEN_TO_ALL = ("/static/", "/accounts/", "/payments/notices/")
SOONEST, LATEST = 3, 9


class Crowd:
    """A WSGI application that lets in as many as it can serve (入場の調整)."""

    def __init__(self, application: Application, *, working: int, waiting: int, page: str) -> None:
        self.application, self.most, self.page = application, working + waiting, page
        self.workers = ThreadPoolExecutor(working, thread_name_prefix="working")
        self.inside = 0
        self.count = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.inside >= self.most and is_newcomer(environ):
            return self._later(start_response)
        self._note(1)
        try:
            status, headers, body = self.workers.submit(self._work, environ).result()
        finally:
            self._note(-1)
        start_response(status, headers)
        answered: Iterable[bytes] = body
        return answered

    def _note(self, change: int) -> None:
        with self.count:
            self.inside += change

    def _work(self, environ: Environ) -> Answer:
        begun: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            begun[:] = [status, headers]

        body: Any = self.application(environ, start_response)
        if not getattr(body, "streaming", True):
            content = [b"".join(body)]
            body.close()
            return begun[0], begun[1], content
        return begun[0], begun[1], body

    def _later(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer at once, without Django: come again in some seconds, each newcomer at another moment."""
        seconds = str(random.randint(SOONEST, LATEST))  # noqa: S311 - spreads people, protects nothing
        start_response(
            "503 Service Unavailable",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Retry-After", seconds),
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
            ],
        )
        return [self.page.replace("{seconds}", seconds).encode()]


def is_newcomer(environ: Environ) -> bool:
    """Tell whether somebody only looks and holds nothing here yet: no draft, no session, no form sent."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ["PATH_INFO"].startswith(OPEN_TO_ALL):
        return False
    cookies = environ.get("HTTP_COOKIE", "")
    return not any(cookie.strip().startswith(KNOWN) for cookie in cookies.split(";"))


PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}"><title>ただいま混み合っています</title>
<link rel="stylesheet" href="/static/design/todoke.css"></head>
<body class="face face--portal"><main id="main" class="stack stack--wide"><h1>ただいま混み合っています</h1>
<p>およそ{seconds}秒後に、このページをもう一度開きます。そのままお待ちください。</p>
<p>すでに入力を始めた方は、続けられます。保存した内容と、受け付けた申請は、そのまま残っています。</p>
<p>The service is busy. This page opens again in about {seconds} seconds.</p></main></body></html>
"""
