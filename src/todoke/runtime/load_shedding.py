"""Load shedding 混雑: limits concurrent requests and answers newcomers with 503 when too many wait.

The server hands every request to a thread of its own; a few worker threads, each with a database connection, run the
application. People with a draft or a session are always admitted; newcomers get Retry-After when the limit is reached.
"""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from todoke.runtime.observability.request_metrics import request_metrics

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

KNOWN = ("drafts=", "session=", "__Host-drafts=", "__Host-session=")
OPEN_TO_ALL = ("/static/", "/accounts/", "/payments/notices/", "/api/webhooks/")
RETRY_AFTER_SECONDS = 3, 9


class LoadShedder:
    """WSGI middleware with a pool of ``workers`` threads; beyond ``workers + queue`` requests it sheds newcomers.

    ``page`` is the HTML of the 503 response, with ``{seconds}`` where the delay stands.
    """

    def __init__(self, application: Application, *, workers: int, queue: int, page: str) -> None:
        self.application, self.limit, self.page = application, workers + queue, page
        self.workers = ThreadPoolExecutor(workers, thread_name_prefix="working")
        self.in_flight = 0
        self.lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.in_flight >= self.limit and is_newcomer(environ):
            return self._shed(start_response)
        self._count(1)
        try:
            status, headers, body = self.workers.submit(self._work, environ).result()
        finally:
            self._count(-1)
        start_response(status, headers)
        answered: Iterable[bytes] = body
        return answered

    def _count(self, change: int) -> None:
        with self.lock:
            self.in_flight += change

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

    def _shed(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer 503 without Django, with a random Retry-After in seconds."""
        request_metrics.shed()
        seconds = str(random.randint(*RETRY_AFTER_SECONDS))  # noqa: S311 - spreads people, protects nothing
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
    """Tell whether a request may be shed: a GET or HEAD without a cookie of a draft or a session."""
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
