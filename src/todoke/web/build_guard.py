"""Build guard 版の見張り: WSGI middleware that answers 503 while the database belongs to another build."""

from collections.abc import Callable, Iterable
from typing import Any

from todoke.runtime import read_only_mode
from todoke.runtime.build_identity import BuildCheck
from todoke.runtime.read_only_mode import breaker
from todoke.web.read_only import primary_is_available

Environ = dict[str, Any]
RETRY_AFTER_SECONDS = 60
OPEN = "/static/"


def is_asked_now() -> bool:
    """Tell whether the database can be asked: not in read-only mode, and it answers."""
    return read_only_mode.manual_switch() is None and breaker.since is None and primary_is_available()


class BuildGuard:
    """WSGI middleware around the application; asks ``check`` before every request but those for static files."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, check: BuildCheck | None = None) -> None:
        self.application = application
        self.check = check or BuildCheck(available=is_asked_now)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(OPEN) or not self.check.refusal():
            return self.application(environ, start_response)
        start_response(
            "503 Service Unavailable",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Retry-After", str(RETRY_AFTER_SECONDS)),
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
            ],
        )
        return [PAGE.encode()]


PAGE = f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>入れ替えをしています</title><link rel="stylesheet" href="/static/design/todoke.css"></head>
<body class="face face--portal"><main id="main" class="stack stack--wide"><h1>システムの入れ替えをしています</h1>
<p>数分で終わります。{RETRY_AFTER_SECONDS}秒ほど待ってから、このページをもう一度開いてください。</p>
<p>保存した内容と、受け付けた申請は、そのまま残っています。いま送った内容は、受け付けていません。</p>
<p>ブラウザーの「戻る」で入力のページに戻ると、入力した内容が残っていることがあります。</p>
<p>いま、システムを 入れかえています。{RETRY_AFTER_SECONDS}秒くらい 待って、もう一度 ひらいてください。</p>
<p>The system is being updated. Please open this page again in about {RETRY_AFTER_SECONDS} seconds.</p></main>
</body></html>
"""
