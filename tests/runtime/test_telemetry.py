"""What leaves for a service of failures or traces says where the program failed, and nothing of a person."""

import json
from importlib.util import find_spec

import pytest
from django.core.exceptions import ImproperlyConfigured

from todoke.runtime.observability import telemetry

EVENT = {
    "event_id": "1",
    "level": "error",
    "server_name": "machine-a",
    "user": {"email": "hanako@example.jp"},
    "request": {"url": "https://city/applications/secret-token/", "data": {"name": "山田"}, "cookies": "session=1"},
    "breadcrumbs": {"values": [{"message": "山田"}]},
    "exception": {
        "values": [
            {
                "type": "LookupError",
                "value": "山田 花子",
                "stacktrace": {"frames": [{"function": "view", "lineno": 3, "vars": {"name": "山田"}}]},
            }
        ]
    },
}


def test_an_event_keeps_class_and_place_of_the_error_only() -> None:
    sent = telemetry.without_person(EVENT)
    assert sent["exception"]["values"][0]["type"] == "LookupError"
    assert sent["exception"]["values"][0]["stacktrace"]["frames"] == [{"function": "view", "lineno": 3}]
    written = json.dumps(sent, ensure_ascii=False)
    assert not any(word in written for word in ("山田", "花子", "hanako", "secret-token", "session", "machine-a"))


def test_without_the_variable_nothing_starts_and_without_the_extra_it_is_said() -> None:
    telemetry.start("")
    telemetry.trace("portal:page", {"status": 200}, 0.1)
    for address, library in (
        ("https://key@sentry.example/1", "sentry_sdk"),
        ("otlp+http://collector:4318", "opentelemetry"),
    ):
        if find_spec(library) is None:
            with pytest.raises(ImproperlyConfigured, match="extras telemetry"):
                telemetry.start(address)
