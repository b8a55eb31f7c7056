"""``./todoke city_services``: runs the three practice services of the demo, which take its sign-in."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.demo import connected_services
from todoke.demo.city_services import service_server


class Command(BaseCommand):
    help = "練習用のサービスを三つ起動します(デモのログインを使います)。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="デモのポート番号(初期値 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("練習用のサービスは、デモのときだけ動きます(TODOKE_DEMO)。")
        servers = [service_server(port, one) for port, one in connected_services.known(options["port"])]
        if not servers:
            raise CommandError("練習用のサービスがありません。「./todoke demo --reset」をお試しください。")
        for server in servers[1:]:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        servers[0].serve_forever()
