"""A section buys: what is missing is said, headquarters is asked, and the contract waits for the decision."""

import pytest
from django.test import Client

from tests.cast import LONG_AGO, approvals
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Procurement, Proposal, Route
from todoke.approvals.models.procurement import SYSTEM
from todoke.demo.approvals import DECISION_CLASSES
from todoke.office.approvals.procurement_list import ProcurementList

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "税務システム",
    "kind": "renewal",
    "amount": "41000000",
    "previous_amount": "41000000",
    "purpose": "更改",
}


@pytest.fixture
def clerk() -> Client:
    office = approvals.office()
    Route.objects.create(code="procurement", name="調達")
    client = Client()
    client.force_login(office.clerk)
    return client


def test_a_renewal_without_its_former_cost_keeps_what_was_typed(clerk: Client) -> None:
    answer = clerk.post("/office/procurements/new/", FACTS | {"previous_amount": ""})
    assert answer.status_code == 422
    assert "更改には、前回の金額が必要です" in answer.content.decode()
    assert "税務システム" in answer.content.decode()
    assert not Procurement.objects.exists()


def test_an_increase_without_a_reason_is_said_beside_its_field(clerk: Client) -> None:
    answer = clerk.post("/office/procurements/new/", FACTS | {"amount": "50000000"})
    assert "増額の理由が必要です" in answer.content.decode()


def test_a_contract_pressed_too_early_is_refused_in_words(clerk: Client) -> None:
    clerk.post("/office/procurements/new/", FACTS)
    bought = Procurement.objects.get()
    answer = clerk.post(f"/office/procurements/{bought.number}/contract/", follow=True)
    assert "決裁の前に、または二度、契約手続を始めることはできません" in answer.content.decode()


def test_the_ruling_of_the_demo_is_sound_and_sends_large_purchases_to_headquarters() -> None:
    rules = ApprovalRules(DECISION_CLASSES)
    assert rules.defects() == []
    assert [rules.choose(SYSTEM, yen, "ordinary") for yen in (40_000_000, 40_000_001)] == [[0], [1]]


def test_a_returned_purchase_is_corrected_and_goes_up_again(clerk: Client) -> None:
    clerk.post("/office/procurements/new/", FACTS)
    bought, route = Procurement.objects.get(), Route.objects.get(code="procurement")
    route.publish(
        ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, "chief")])]),
        starts_on=LONG_AGO,
        basis="規程",
        by=System(),
    )
    Procurement.objects.update(amount=40_000_000)
    page = f"/office/procurements/{bought.number}"
    clerk.post(f"{page}/proposal/", {"route": route.pk})
    assert clerk.get(f"{page}/correction/").status_code == 404, "what is before the deciders stays as it is"
    Proposal.objects.get().return_to_drafter(by=User.objects.get(name="鈴木 課長"), reason="見積書")
    clerk.post(f"{page}/correction/", FACTS | {"amount": "39000000"})
    clerk.post(f"{page}/proposal/", {"route": route.pk})
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.round, proposal.amount) == ("circulating", 2, 39_000_000)


def test_the_list_is_seen_and_exported(clerk: Client) -> None:
    clerk.post("/office/procurements/new/", FACTS)
    assert "41,000,000円" in clerk.get("/office/procurements/").content.decode()
    assert "41000000" in clerk.get("/office/procurements/?kind=csv").getvalue().decode("utf-8-sig")
    assert not Proposal.objects.exists()


def test_the_words_that_were_searched_for_go_along_to_the_next_page(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProcurementList, "size", 1)
    for _ in range(2):
        clerk.post("/office/procurements/new/", FACTS | {"title": "窓口A&B#1"})
    first = clerk.get("/office/procurements/", {"q": "A&B#"})
    second = clerk.get(first.context["following"])
    assert [page.context["rows"][0].number for page in (first, second)] == sorted(
        Procurement.objects.values_list("number", flat=True), reverse=True
    )
    assert second.context["page"].query.words == "A&B#"
