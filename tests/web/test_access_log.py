"""The operator follows a request by its identity; nobody reads from the log who applied for what."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings as installation
from django.test import Client
from pytest_django import Settings

from todoke.proving import service
from todoke.runtime.client_address import parse_networks
from todoke.runtime.observability.request_metrics import BUCKETS, FaceFigures, RequestMetrics, request_metrics
from todoke.web.access_log import access_log

pytestmark = pytest.mark.django_db
GIVEN = "0123456789abcdef" * 2


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is written while a test runs."""
    written: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(record.getMessage())

    keeper, log = Keeper(), logging.getLogger("todoke.access")
    before = log.level
    log.addHandler(keeper)
    log.setLevel(logging.INFO)
    yield written
    log.setLevel(before)
    log.removeHandler(keeper)


def test_a_line_says_page_status_and_identity_and_the_answer_carries_it(client: Client, lines: list[str]) -> None:
    answer = client.get("/procedures/?q=転入届")
    line = json.loads(lines[-1])
    assert (line["route"], line["method"], line["status"]) == ("portal:procedures", "GET", 200)
    assert line["request"] == answer.headers["X-Request-ID"]
    assert "転入届" not in lines[-1]


def test_only_a_trusted_proxy_gives_a_request_its_identity(settings: Settings, lines: list[str]) -> None:
    settings.TRUSTED_PROXIES = parse_networks("10.0.0.1")
    for peer, given, kept in (
        ("10.0.0.1", GIVEN, True),
        ("203.0.113.5", GIVEN, False),
        ("10.0.0.1", "花子", False),
        ("", GIVEN, False),
    ):
        answer = Client(REMOTE_ADDR=peer).get("/", headers={"x-request-id": given})
        assert (answer.headers["X-Request-ID"] == given) is kept


def test_no_answer_no_token_and_no_address_stands_in_the_log_of_a_whole_application(
    client: Client, lines: list[str]
) -> None:
    procedure = service.build().procedure.number
    here = client.post(f"/procedures/{procedure}/application/", follow=True).redirect_chain[-1][0]
    token = re.search(r"/applications/([\w-]+)/", here)
    assert token
    for page, fields in service.resident_answers("k77").items():
        client.post(f"/applications/{token[1]}/pages/{page}/answers/", {**fields, "next": "1"})
    client.post("/accounts/login/", {"login": "hanako@example.jp", "password": "a secret of mine"})
    client.get("/no/such/k77-page/")
    client.generic("花子", "/")
    written = "\n".join(lines)
    assert written.count("portal:") >= 5
    cookies = [morsel.value for morsel in client.cookies.values() if morsel.value]
    for secret in ("k77", token[1], "hanako", "a secret", "花子", "127.0.0.1", *cookies):
        assert secret not in written


def test_a_line_is_written_to_where_the_operator_looks_unless_it_is_turned_off() -> None:
    assert logging.StreamHandler in {type(it) for it in logging.getLogger("todoke.access").handlers}
    assert installation.MIDDLEWARE[0] == f"{access_log.__module__}.{access_log.__name__}"


def of(metrics: RequestMetrics, face: str) -> FaceFigures:
    return next(it for it in metrics.figures() if it.face == face)


def test_requests_are_counted_by_face_status_and_duration() -> None:
    metrics = RequestMetrics()
    for status, seconds in ((200, 0.004), (302, 0.2), (404, 0.2), (503, 60)):
        metrics.observe("portal", status, seconds)
    metrics.observe("no face", 200, 1)
    found = of(metrics, "portal")
    assert found.statuses == {"2xx": 1, "3xx": 1, "4xx": 1, "5xx": 1}
    assert found.buckets == [1, 0, 0, 2, *[0] * (len(BUCKETS) - 4), 1]
    assert of(metrics, "other").statuses["2xx"] == 1


def test_every_answered_page_is_counted(client: Client) -> None:
    before = of(request_metrics, "portal").statuses["2xx"]
    client.get("/")
    assert of(request_metrics, "portal").statuses["2xx"] == before + 1
