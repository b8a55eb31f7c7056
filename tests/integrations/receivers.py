"""A partner's receiver of what moved, the world outside, and the endpoint that leads to it."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from tests.cast.cases import Counter
from tests.cast.integrations import administrators, machine
from todoke.integrations.models import WebhookEndpoint

URL = "https://partner.example.jp/news"


class Receiver:
    """A partner's receiver, the world outside: down until a moment, and keeps what came."""

    def __init__(self, up_from: datetime | None = None, answers: int = 204) -> None:
        self.up_from, self.answers, self.now = up_from, answers, timezone.now()
        self.got: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.tries = 0

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.tries += 1
        if self.up_from is not None and self.now < self.up_from:
            raise ConnectionRefusedError
        self.got.append((url, body, headers))
        return self.answers


def endpoint(at: Counter) -> tuple[WebhookEndpoint, str]:
    return WebhookEndpoint.register(machine(at).partner, URL, by=administrators()[0])
