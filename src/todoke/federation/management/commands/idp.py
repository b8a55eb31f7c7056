"""``./todoke idp``: runs the simulated identity providers as their own HTTP process. They identify nobody."""

import json
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.federation.provider_simulator.simulator_server import SimulatorHandler, simulator_server
from todoke.runtime.links import absolute


class ClientHandler(SimulatorHandler):
    """The simulator for this installation: it reads its keys and ends its sessions over HTTP, as a provider does."""

    def client_keys(self, house: str) -> dict[str, Any]:
        with urllib.request.urlopen(absolute("portal:client-keys", house), timeout=5) as answer:  # noqa: S310 - our own setting
            found: dict[str, Any] = json.load(answer)
            return found

    def logout_address(self, house: str) -> str:
        return absolute("portal:provider-logout", house)


class Command(BaseCommand):
    help = "認証元シミュレーターを起動します(練習用。だれの本人確認もしません)。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8091)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("認証元シミュレーターは、デモのときだけ動きます(TODOKE_DEMO)。")
        server = simulator_server(settings.PUBLIC_URL, options["port"], ClientHandler)
        self.stdout.write(f"認証元シミュレーター http://127.0.0.1:{options['port']}(だれの本人確認もしません)")
        server.serve_forever()
