"""The cast of the API: a client that shows a key and nothing else."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.cast.cases import FILLED, Counter
from tests.cast.integrations import key_of, machine


class Caller:
    """Another system that calls the API with a key, as a program does."""

    def __init__(self, key: str) -> None:
        self.key, self.client = key, Client()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a request, its body as JSON."""
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        shown = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return self.client.generic(method, f"/api/v1{path}", **sent, headers={**shown, **headers})  # type: ignore[return-value, arg-type] # one answer

    def get(self, path: str) -> HttpResponse:
        return self.call("GET", path)

    def hand_in(self, at: Counter, retry_key: str, **more: Any) -> HttpResponse:
        """Hand in an application, filled in unless said otherwise."""
        body = {"service": at.release.offer.code, "answers": {**FILLED, **more.pop("answers", {})}, **more}
        return self.call("POST", "/cases", body, **{"Idempotency-Key": retry_key})


def caller(at: Counter, **facts: Any) -> Caller:
    """A machine of a section with a live key."""
    return Caller(key_of(machine(at, **facts)))


def said(answer: Any) -> Any:
    """The body of an answer."""
    return json.loads(answer.content)
