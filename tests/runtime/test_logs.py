"""A failed request leaves its trace for the operator, and nothing of the person who met it."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from todoke.runtime.logs import TracebackFormatter


def broken(request: HttpRequest, token: str) -> HttpResponse:
    """A view that meets a fault with somebody's words in it."""
    try:
        int(request.GET["name"])
    except ValueError as problem:
        raise LookupError("山田 花子") from problem
    return HttpResponse()


urlpatterns = [path("applications/<str:token>/", broken, name="broken")]


def test_the_trace_names_view_errors_and_places_but_no_person(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    monkeypatch.setattr(logging.getLogger("django.request"), "propagate", True)
    answer = Client(raise_request_exception=False).get("/applications/secret-token/", {"name": "山田"})
    written = TracebackFormatter().format(caplog.records[-1])
    assert answer.status_code == 500
    assert "GET broken" in written
    assert ["builtins.LookupError" in written, "builtins.ValueError" in written] == [True, True]
    assert f"{__file__}:" in written
    assert not any(word in written for word in ("山田", "花子", "secret-token"))


def test_failures_are_written_where_the_operator_looks() -> None:
    written = [
        it for it in logging.getLogger("django.request").handlers if isinstance(it.formatter, TracebackFormatter)
    ]
    assert [type(handler) for handler in written] == [logging.StreamHandler]
    asked_to_come_again = logging.LogRecord("django.request", logging.ERROR, "", 0, "Service Unavailable", (), None)
    assert not written[0].filter(asked_to_come_again)
