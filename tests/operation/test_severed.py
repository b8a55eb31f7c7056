"""A connection that breaks in the middle of a request loses nothing that was typed."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from todoke.cases.models import Draft
from todoke.proving import service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


class Severing:
    """Ends the connection at the server's side once, before the statement that touches a table (回線断)."""

    def __init__(self, table: str) -> None:
        self.table, self.cuts = table, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.cuts and self.table in sql:
            self.cuts += 1
            ours = connection.connection.info
            with psycopg.connect(ours.dsn, password=ours.password) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [ours.backend_pid])
        return execute(sql, params, many, context)


@pytest.fixture
def filling() -> tuple[Client, Draft]:
    """Somebody in the middle of an application, whose browser shows what the server answers."""
    client = Client(raise_request_exception=False)
    client.post(f"/procedures/{service.build().offer.procedure.number}/application/")
    return client, Draft.objects.get()


def test_a_page_is_read_again_over_a_fresh_connection(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    path, severing = f"/applications/{draft.submission.token}/pages/person/", Severing("formbuilder_submission")
    with connection.execute_wrapper(severing):
        answer = client.get(path)
    assert severing.cuts == 1
    assert answer.status_code == 200


def test_what_was_typed_is_handed_back_when_nobody_knows_whether_it_was_kept(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    fields = {**service.answers("k1")["person"], "go": "next"}
    path = f"/applications/{draft.submission.token}/pages/person/answers/"
    severing = Severing("formbuilder_submission")
    with connection.execute_wrapper(severing):
        answer = client.post(path, fields, headers={"origin": "http://testserver"})
    assert severing.cuts == 1
    assert answer.status_code == 503
    assert service.answers("k1")["person"]["place"] in answer.content.decode()
    assert client.post(path, fields).status_code == 302
