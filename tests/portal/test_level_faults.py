"""Each fault that the levels are there against, planted in turn, lets somebody through; without it nobody passes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import levels
from tests.cast.cases import FILLED
from todoke.accounts.session_assurance import PASSWORD
from todoke.cases import intake, required_level
from todoke.cases.models import Case
from todoke.formbuilder.models import Answer
from todoke.portal import access, draft_cookie

pytestmark = pytest.mark.django_db


def nothing(*args: Any, **kwargs: Any) -> None:
    """Ask for no level."""


def any_session(wanted: Any, held: Any, at: Any) -> bool:
    """Take any sign-in for what is asked."""
    return any(shown.level >= PASSWORD for shown in held.authentications)


def by_cookie(request: Any, draft: Any) -> bool:
    """Take the browser for the person."""
    return draft.submission.token in draft_cookie.draft_tokens(request)


def sends_with_a_password(client: Client) -> bool:
    at, hanako = levels.asking("card"), cast.resident()
    levels.identified(hanako, at.clerk)
    draft = levels.filled(at, hanako)
    client.force_login(hanako)
    client.post(f"/applications/{draft.submission.token}/submission/", {"fee": "0"})
    return Case.objects.exists()


def saves_after_signing_out(client: Client) -> bool:
    at = levels.asking("none")
    client.force_login(cast.resident())
    first = client.post(f"/procedures/{at.release.procedure.number}/application/").headers["Location"]
    client.post("/accounts/logout/")
    draft = "/".join(first.split("/")[:3])
    client.post(f"{draft}/pages/person/answers/", {**FILLED, "name__family": "別人"})
    return Answer.objects.filter(value="別人").exists()


FAULTS: dict[str, tuple[Callable[[Client], bool], list[tuple[object, str, object]]]] = {
    "checked only at the first page": (
        sends_with_a_password,
        [(access, "require_level_here", nothing), (intake, "require_level", nothing)],
    ),
    "password passes for a card": (sends_with_a_password, [(required_level, "is_met", any_session)]),
    "draft by cookie": (saves_after_signing_out, [(access, "_may_open", by_cookie)]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_lets_somebody_through(fault: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    passes, broken = FAULTS[fault]
    for module, name, wrong in broken:
        monkeypatch.setattr(module, name, wrong)
    assert passes(client)


@pytest.mark.parametrize("passes", [sends_with_a_password, saves_after_signing_out])
def test_without_a_fault_nobody_passes(passes: Callable[[Client], bool], client: Client) -> None:
    assert not passes(client)
