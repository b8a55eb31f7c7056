"""T27: whatever somebody sends along, the fee is that of the table in force on the day of the application."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import cases, payments
from todoke.accounts.actors import Guest, System
from todoke.audit.models import Entry
from todoke.cases import intake
from todoke.cases.intake import Requoted
from todoke.cases.models import Case
from todoke.offers.models import FeeLine, Release
from todoke.payments.models import Attempt, Charge

pytestmark = pytest.mark.django_db


def revise(at: cases.Counter, fee: int) -> Release:
    """Publish the same form under a new fee, from now on."""
    before = at.release
    line = FeeLine(label="証明手数料", amount=fee, revenue_code="13-01", unit_question="copies")
    return Release.publish(
        before.offer, rows=[line], by=System(), form_version=before.form_version, route=before.route, standard_days=5,
        delivery=before.delivery,
    )  # fmt: skip


def refusals() -> int:
    return Entry.objects.filter(act__startswith="金額の異なる").count()


def sent(**fields: str) -> tuple[int, int]:
    """A resident fills in two copies at 300 yen, and sends what a page would send, or something else."""
    client, at = Client(), cases.counter(fee=300)
    begun = client.post(f"/procedures/{at.release.procedure.number}/application/")
    token = begun["Location"].split("/")[2]
    client.post(f"/applications/{token}/pages/person/answers/", cases.FILLED)
    page = client.get(f"/applications/{token}/check/").content.decode()
    fee, seen = (re.search(rf'name="{name}" value="(\w+)"', page) for name in ("fee", "seen"))
    assert fee
    assert seen
    answer = client.post(f"/applications/{token}/submission/", {"seen": seen[1], "fee": fee[1], **fields})
    charge = Charge.objects.first()
    return answer.status_code, charge.yen if charge else 0


def test_somebody_who_changes_nothing_owes_what_the_page_said() -> None:
    assert sent() == (302, 600)
    assert refusals() == 0


@pytest.mark.parametrize("fee", ["0", "1", "-600", "1e9", "６００", "600.0", "0600", "6_00", "NaN", "", "三百円"])
def test_somebody_who_sends_another_amount_is_refused_and_it_is_written_down(fee: str) -> None:
    assert sent(fee=fee) == (409, 0)
    assert not Case.objects.exists()
    assert refusals() == 1


@pytest.mark.parametrize(
    "field", ["amount", "yen", "currency", "quantity", "copies", "discount", "free", "unit_price", "code", "release"]
)
def test_somebody_who_sends_more_than_the_page_asks_owes_the_same(field: str) -> None:
    assert sent(**{field: "0"}) == (302, 600)


@pytest.mark.parametrize(("copies", "owed"), [("2", 600), ("２", 600), ("10", 3000)])
def test_a_number_of_copies_is_taken_as_typed(copies: str, owed: int) -> None:
    case = cases.case(cases.counter(fee=300), copies=copies)
    assert case.charge is not None
    assert case.charge.yen == owed


@pytest.mark.parametrize("copies", ["-1", "0", "1e9", "0.5", "11", "１億", "2; 0", "0x1"])
def test_a_number_of_copies_that_is_none_stops_at_the_form(copies: str) -> None:
    draft = intake.begin(cases.counter(fee=300).release, by=Guest())
    assert draft.submission.save_page("person", {**cases.FILLED, "copies": copies}, by=Guest())


def test_somebody_with_an_old_quote_is_shown_the_new_fee_first() -> None:
    at = cases.counter(fee=300)
    draft = cases.filled(at)
    revise(at, 350)
    with pytest.raises(Requoted, match="700円"):
        intake.accept(draft.submission, by=Guest(), quoted="600")
    assert refusals() == 1
    case = intake.accept(draft.submission, by=Guest(), quoted="700")
    assert case.charge is not None
    assert case.charge.yen == 700


def test_a_paper_that_came_before_the_revision_costs_the_old_fee() -> None:
    at = cases.counter(fee=300)
    yesterday = timezone.now() - timedelta(days=1)
    draft = cases.filled(at, at.clerk, channel="post")
    revise(at, 350)
    case = intake.accept(draft.submission, by=at.clerk, received_at=yesterday, reason="消印の日")
    assert case.charge is not None
    assert case.charge.yen == 600


def test_the_fee_of_another_procedure_cannot_be_borrowed() -> None:
    dear, cheap = cases.counter(fee=300), cases.counter("税務課", "2020", fee=1)
    case = intake.accept(cases.filled(dear).submission, by=Guest(), quoted="600")
    assert case.release.offer != cheap.release.offer
    with pytest.raises(Requoted):
        intake.accept(cases.filled(dear).submission, by=Guest(), quoted="2")


@pytest.mark.parametrize(
    "fields",
    [{"yen": "1"}, {"yen": "-600"}, {"yen": "６００"}, {"yen": "1e9"}, {"yen": "600", "currency": "USD"},
     {"amount": "1"}, {"quantity": "0"}, {"discount": "600"}, {"paid": "1"}, {"status": "free"}, {"charge": "N1"}],
)  # fmt: skip
def test_a_payer_who_sends_another_amount_begins_nothing_and_it_is_written_down(fields: dict[str, str]) -> None:
    charge = payments.charge()
    answer = Client().post(f"/payments/{charge.token}/attempt/", {"method": "card", **fields}, follow=True)
    assert "まだ支払われていません" in answer.content.decode()
    assert not Attempt.objects.exists()
    assert refusals() == 1
