"""Card provider カードの認証元: a simulated one beside the installation of a proof, which ends with it."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from todoke.federation.provider_simulator.simulated_provider import SimulatedProvider
from todoke.federation.provider_simulator.simulator_server import SimulatorHandler, simulator_server


@contextmanager
def card_provider(installation: str) -> Iterator[SimulatedProvider]:
    """Run a provider of cards for the installation at an address, whose keys it reads there; yield it."""

    class Handler(SimulatorHandler):
        def client_keys(self, house: str) -> dict[str, Any]:
            with urllib.request.urlopen(f"{installation}/sign-in/keys/{house}/", timeout=15) as answer:  # noqa: S310 - ours
                found: dict[str, Any] = json.load(answer)
                return found

    server = simulator_server(installation, 0, Handler)
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield server.RequestHandlerClass.houses["card"]  # type: ignore[attr-defined] # a SimulatorHandler
    finally:
        server.shutdown()
        server.server_close()
