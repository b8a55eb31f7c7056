"""A connection that breaks in the middle of a request loses nothing that was typed."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH, CsrfViewMiddleware
from django.test import Client, RequestFactory
from django.utils.crypto import get_random_string
from pytest_django import Settings

from todoke.cases.models import Draft
from todoke.proving import service
from todoke.proving.browser import TOKEN
from todoke.web.read_only import _unavailable

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


def test_a_page_that_hands_back_keeps_the_token_of_the_browser(settings: Settings) -> None:
    secret = get_random_string(CSRF_SECRET_LENGTH)
    request = RequestFactory().post("/applications/x/pages/y/answers/", {"q": "書いたこと"})
    request.COOKIES[settings.CSRF_COOKIE_NAME] = secret
    token = TOKEN.search(_unavailable(request).content.decode())
    assert token
    again = RequestFactory().post("/applications/x/pages/y/answers/", {"csrfmiddlewaretoken": token.group(1)})
    again.COOKIES[settings.CSRF_COOKIE_NAME] = secret
    protection = CsrfViewMiddleware(lambda _: HttpResponse())
    protection.process_request(again)
    assert protection.process_view(again, lambda _: HttpResponse(), (), {}) is None


def test_who_just_came_can_go_on_from_the_page_that_was_read_again() -> None:
    number = service.build().offer.procedure.number
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    severing = Severing("procedures_procedure")
    with connection.execute_wrapper(severing):
        page = client.get(f"/procedures/{number}/start/")
    assert (severing.cuts, page.status_code) == (1, 200)
    token = TOKEN.search(page.content.decode())
    assert token
    sent = {"csrfmiddlewaretoken": token.group(1)}
    origin = {"origin": "http://testserver"}
    assert client.post(f"/procedures/{number}/application/", sent, headers=origin).status_code == 302


def test_what_was_typed_is_handed_back_when_nobody_knows_whether_it_was_kept(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    fields = {**service.resident_answers("k1")["person"], "go": "next"}
    path = f"/applications/{draft.submission.token}/pages/person/answers/"
    severing = Severing("formbuilder_submission")
    with connection.execute_wrapper(severing):
        answer = client.post(path, fields, headers={"origin": "http://testserver"})
    assert severing.cuts == 1
    assert answer.status_code == 503
    assert service.resident_answers("k1")["person"]["place"] in answer.content.decode()
    assert client.post(path, fields).status_code == 302
