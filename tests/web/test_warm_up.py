"""The first resident after a start does not wait for what is loaded with the first page."""

from typing import Any

import pytest
from django.template import Engine
from django.test import Client

from todoke.design.constant_nodes import Loader
from todoke.web.warm_up import PAGES, warm_up

Calls = list[dict[str, Any]]


def application(calls: Calls, problem: Exception | None = None) -> Any:
    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        calls.append(environ)
        if problem:
            raise problem
        start_response("200 OK", [])
        return [b"a page"]

    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_one_that_anybody_may_see(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200


def test_the_pages_are_asked_for_once_in_the_life_of_a_program(settings: Any) -> None:
    settings.PUBLIC_URL = "https://ward.example"
    calls: Calls = []
    program = application(calls)
    warm_up(program)
    warm_up(program)
    assert [(asked["HTTP_HOST"], asked["wsgi.url_scheme"], asked["PATH_INFO"]) for asked in calls] == [
        ("ward.example", "https", page.partition("?")[0]) for page in PAGES
    ]


def test_no_clerk_waits_for_a_template_to_be_compiled() -> None:
    (loader,) = Engine.get_default().template_loaders
    assert isinstance(loader, Loader)
    loader.reset()
    warm_up(application([]))
    assert {"office/records/index.html", "lists/table.html"} <= set(loader.get_template_cache)


def test_a_server_starts_although_a_page_cannot_be_made(caplog: pytest.LogCaptureFixture) -> None:
    calls: Calls = []
    warm_up(application(calls, OSError("no dictionary")))
    assert (len(calls), [line.levelname for line in caplog.records]) == (1, ["WARNING"])
