"""T05, T06, T11, T12: what nobody asked for is ignored, steps cannot be skipped, and no input breaks a page."""

import unicodedata

import pytest
from django.test import Client

from tests.cast.application_steps import begun, filled, seen
from tests.cast.cases import FILLED, counter
from tests.cast.role_matrix.world import World
from todoke.cases.models import Case, Draft
from todoke.formbuilder.models import Answer

SMUGGLED = {
    "status": "granted", "fee": "0", "paid": "1", "department": "1", "applicant": "1", "approved_by": "1",
    "is_staff": "1", "is_superuser": "1", "number": "2026-000000-A", "created_at": "2000-01-01", "id": "1", "pk": "1",
    "received_at": "2000-01-01", "due_on": "2099-01-01", "decision_reason": "x", "proposal": "1", "charge": "1",
}  # fmt: skip
ODD = [
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202eabc",
    "葛\U000e0100",
    "\x1b[31m",
    "line\r\nBcc: x@example.jp",
    "e\u0301",
    "\u200d",
    "𠮷" * 5000,
    "'; DROP TABLE cases_case; --",
    "{{ settings.SECRET_KEY }}",
    "{0.__class__}",
    "${7*7}",
    "%s%n",
    "../../etc/passwd",
    "(a+)+$" + "a" * 40,
]


def facts(case: Case) -> dict[str, object]:
    return {**Case.objects.filter(pk=case.pk).values().get()}


def test_t05_fields_that_no_form_has_change_nothing(world: World) -> None:
    before = facts(world.case)
    for role in ("applicant", "clerk", "chief"):
        client = world.client(role)
        for place in (f"/cases/{world.case.number}/", f"/office/cases/{world.case.number}/"):
            for act in ("", "note/", "review/", "assignment/", "extension/", "correction/answers/", "payment/"):
                client.post(place + act, SMUGGLED)
    assert facts(world.case) == before


def test_t05_unknown_and_repeated_keys_of_a_page_are_not_stored(client: Client) -> None:
    draft = begun(client, counter())
    client.post(f"{draft}pages/person/answers/", {**FILLED, **SMUGGLED, "copies": ["2", "9"], "next": "1"})
    assert set(Answer.objects.values_list("question", flat=True)) <= {"name", "email", "copies", "welfare"}
    row = Draft.objects.get()
    assert (row.sent_at, row.entered_by, row.channel) == (None, None, "web")


def test_t06_a_sent_application_is_changed_by_no_address(world: World) -> None:
    before, token = facts(world.case), world.case.submission.token
    answers = list(Answer.objects.filter(submission=world.case.submission).values())
    client = world.client("applicant")
    for act in ("pages/person/answers/", "pages/person/draft/", "submission/"):
        client.post(f"/applications/{token}/{act}", {**FILLED, "copies": "9"})
    client.post(f"/cases/{world.case.number}/correction/answers/", {**FILLED, "copies": "9"})
    assert facts(world.case) == before
    assert list(Answer.objects.filter(submission=world.case.submission).values()) == answers


def test_t06_a_decided_case_is_decided_by_nobody_again(world: World) -> None:
    before, number = facts(world.case), world.case.number
    proposal = world.case.proposal
    assert proposal is not None
    for role in ("clerk", "chief"):
        client = world.client(role)
        client.post(f"/office/cases/{number}/proposal/", {"outcome": "refused", "reason": "もう一度"})
        for act in ("approval", "absence", "return", "rejection", "taking-back", "dropping"):
            client.post(
                f"/office/proposals/{proposal.number}/{act}/", {"seen": proposal.dossier_hash, "reason": "やり直し"}
            )
    assert facts(world.case) == before


def test_t06_nobody_sends_what_was_not_filled_in(client: Client) -> None:
    draft = begun(client, counter())
    for _ in range(2):
        client.post(f"{draft}submission/", {"seen": ""})
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "key", ["sort", "order", "o", "q", "view", "after", "status", "page", "kind", "assignee", "on"]
)
def test_t11_a_list_is_ordered_and_filtered_by_its_own_keys_only(world: World, key: str) -> None:
    client = world.client("clerk")
    for address in (
        "/office/cases/",
        "/office/cases/export/",
        "/office/proposals/",
        "/procedures/",
        "/office/records/",
    ):
        for value in ("password", "applicant__password", "-pk);--", "_connector", "\x00", "%00", "x" * 3000, "１"):
            answer = client.get(address, {key: value})
            assert answer.status_code in {200, 302, 400, 404}, (address, key, value)


def without_signs(text: str) -> str:
    """Return a text without control characters, on one line."""
    return "".join(each for each in " ".join(text.splitlines()) if unicodedata.category(each) != "Cc")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_t12_odd_letters_are_kept_or_refused_and_never_break(client: Client, odd: str) -> None:
    at = counter()
    draft = begun(client, at)
    answer = client.post(f"{draft}pages/person/answers/", {**FILLED, "name__family": odd, "email": odd, "next": "1"})
    assert answer.status_code in {200, 302, 400}
    assert client.get(f"{draft}pages/person/").status_code == 200
    assert client.get(f"{draft}check/").status_code in {200, 302}
    assert client.get("/procedures/", {"q": odd}).status_code == 200
    for kept in Answer.objects.filter(question="name", part="family").values_list("value", flat=True):
        assert kept.strip() in {"", without_signs(odd).strip()}


def test_t12_a_name_with_a_line_break_makes_one_mail_to_one_reader(client: Client) -> None:
    at = counter()
    draft = filled(client, at, name__given="花\r\nBcc: x@example.jp")
    answer = client.post(f"{draft}submission/", {"seen": seen(client, draft) if Draft.objects.exists() else ""})
    assert answer.status_code in {200, 302, 409}
