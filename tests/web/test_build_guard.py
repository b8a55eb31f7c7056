"""A server that runs on while the program is replaced says so to people and touches no row."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from todoke.runtime.build_identity import BuildCheck, build_identity
from todoke.runtime.models import InstalledBuild
from todoke.web.build_guard import BuildGuard

pytestmark = pytest.mark.django_db


class Browser:
    """Asks a guarded application that answers every request."""

    def __init__(self) -> None:
        self.served: list[str] = []
        self.guard = BuildGuard(self.application, check=BuildCheck(every=0))
        self.status, self.headers = "", dict[str, str]()

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.served.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b"a page"]

    def ask(self, path: str) -> str:
        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            self.status, self.headers = status, dict(headers)

        return b"".join(self.guard({"PATH_INFO": path, "REQUEST_METHOD": "POST"}, start_response)).decode()


@pytest.fixture
def browser(settings: Settings) -> Browser:
    settings.HTTPS, settings.DEMO, settings.DEBUG = True, False, False
    InstalledBuild.objects.create(build=build_identity(), completed_at=timezone.now())
    return Browser()


def test_t47_a_running_older_server_answers_that_it_is_being_replaced(browser: Browser) -> None:
    assert browser.ask("/") == "a page"
    InstalledBuild.objects.create(build="newer")
    page = browser.ask("/applications/new/")
    assert "入れ替えをしています" in page
    assert "受け付けていません" in page
    assert browser.status.startswith("503")
    assert int(browser.headers["Retry-After"]) > 0
    assert browser.served == ["/"]


def test_the_page_of_the_replacement_keeps_its_look(browser: Browser) -> None:
    InstalledBuild.objects.create(build="newer")
    assert browser.ask("/static/design/todoke.css") == "a page"


def test_once_asked_the_answer_is_kept_for_a_while(browser: Browser) -> None:
    guard = BuildGuard(browser.application, check=BuildCheck(every=3600))
    browser.guard = guard
    browser.ask("/")
    InstalledBuild.objects.create(build="newer")
    assert browser.ask("/") == "a page"
