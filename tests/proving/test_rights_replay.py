"""The proof of rights knows an honest success from what it changed and took back itself."""

from typing import Any

import pytest
from django.test import Client

from tests import cast
from todoke.accounts.models import User
from todoke.proving.browser import FetchedPage
from todoke.proving.rights.facts import Facts
from todoke.proving.rights.people import SESSION, Person
from todoke.proving.rights.recorded_requests import RecordedRequest, Success
from todoke.proving.rights.replayer import MOVED, Replayer, RightsReport


class FactsHere:
    """The facts of the installation of this test, read anew each time: all of it writes over one connection."""

    def __init__(self) -> None:
        self.facts = Facts()

    def ask(self, verb: str, **terms: Any) -> Any:
        said = getattr(self.facts, verb)(**terms)
        self.facts.written = ""
        return said


class Clerk(Person):
    """A clerk whose requests are answered politely; one to ``/renaming/`` does something, any other nothing."""

    def send(self, request: RecordedRequest, port: int = 0, *, keep: bool = False) -> FetchedPage:
        if keep and request.path == "/renaming/":
            User.objects.filter(email=self.email).update(name="改名 花子")
        return FetchedPage(200, request.path, '<p class="notice" role="status">できません</p>'.encode(), {})


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "problems"), [("/nothing/", 1), ("/renaming/", 0)])
def test_only_what_the_clerk_changed_is_her_success(path: str, problems: int) -> None:
    clerk, browser = cast.clerk(cast.department()), Client()
    browser.force_login(clerk)
    owner = Clerk("clerk", 1, clerk.email, cookies={SESSION: str(browser.session.session_key)}, is_staff=True)
    report = RightsReport()
    replayer = Replayer(FactsHere(), (1, 1), report, thorough=False)  # type: ignore[arg-type] # in this process
    replayer.send(owner, RecordedRequest("係員", "POST", path, success=Success.ROWS, peers=frozenset({MOVED})))
    assert sum(report.sent.values()) == 3
    assert [problem.endswith("できません") for problem in report.problems] == [True] * problems
