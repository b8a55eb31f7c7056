"""``./todoke metrics``: figures for Prometheus on a private port; ``./todoke serve --metrics-port`` starts it."""

from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from todoke.continuity import prometheus


class MetricsHandler(BaseHTTPRequestHandler):
    """Answers ``GET /metrics``; writes no log of its own."""

    def do_GET(self) -> None:
        close_old_connections()
        content = prometheus.exposition().encode() if self.path == "/metrics" else b""
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", prometheus.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        return


class Command(BaseCommand):
    help = "監視のための数値を、自分だけのポートで出します(Prometheus の書式)。外から届くところには置かないでください。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="受け付けるアドレス(初期値 127.0.0.1)")
        parser.add_argument("--port", type=int, default=9100, help="ポート番号(初期値 9100)")

    def handle(self, *args: Any, **options: Any) -> None:
        HTTPServer((options["host"], options["port"]), MetricsHandler).serve_forever()
