"""Like cases are decided by one proposal: all of them together, or none."""

import pytest

from tests import cast
from tests.cast import cases
from todoke.approvals.models import Proposal
from todoke.cases import decisions
from todoke.cases.decision.joint_proposals import alike_cases, propose_together
from todoke.cases.models import Case
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def reviewed(at: cases.Counter, *families: str) -> list[Case]:
    return [cases.reviewed(at, name__family=family) for family in families]


def joint(at: cases.Counter, *families: str) -> tuple[Proposal, list[Case]]:
    made = reviewed(at, *families)
    found = alike_cases([case.number for case in made], by=at.clerk)
    return propose_together(found, "granted", by=at.clerk), found


def test_one_approval_decides_all_of_them_and_each_gets_its_letter() -> None:
    at = cases.counter()
    proposal, made = joint(at, "山田", "田中", "林")
    assert "ほか2件" in proposal.title
    proposal.approve(by=at.chief)
    assert [Case.objects.get(pk=case.pk).status for case in made] == ["granted"] * 3
    assert [case.letters.count() for case in made] == [1, 1, 1]


def test_the_sealed_dossier_holds_every_application_whole() -> None:
    at = cases.counter()
    proposal, made = joint(at, "山田", "田中")
    content = proposal.dossier.content
    assert [line["申請者"] for line in content["対象の案件"]] == ["山田 花子", "田中 花子"]
    for case in made:
        assert any("花子" in line["回答"] for line in content[f"申請の内容({case.number})"])
    assert proposal.dossier_hash == proposal.dossier.hash


def test_a_returned_proposal_sets_all_of_them_back_and_one_may_go_its_own_way() -> None:
    at = cases.counter()
    proposal, made = joint(at, "山田", "田中")
    proposal.return_to_drafter(by=at.chief, reason="一件ずつにしてください")
    first, second = (Case.objects.get(pk=case.pk) for case in made)
    assert (first.status, second.status) == ("review", "review")
    alone = decisions.propose(first, "refused", reason="要件を満たさない", by=at.clerk)
    assert alone.pk != proposal.pk
    alone.approve(by=at.chief)
    assert Case.objects.get(pk=first.pk).status == "refused"
    assert Case.objects.get(pk=second.pk).status == "review"


def test_a_withdrawal_sets_the_others_back_under_review() -> None:
    at = cases.counter()
    proposal, made = joint(at, "山田", "田中")
    Case.objects.get(pk=made[0].pk).withdraw(by=at.clerk, reason="電話で申し出があった")
    assert [Case.objects.get(pk=case.pk).status for case in made] == ["withdrawn", "review"]
    proposal.refresh_from_db()
    assert proposal.status == "dropped"


def test_unlike_cases_one_case_or_one_too_early_are_refused() -> None:
    at, other = cases.counter(), cases.counter("税務課", "2020")
    first, second = reviewed(at, "山田", "田中")
    for numbers in ([first.number], [first.number, cases.case(at).number]):
        with pytest.raises(Refused):
            alike_cases(numbers, by=at.clerk)
    with pytest.raises(NotAllowed):
        alike_cases([first.number, cases.reviewed(other).number], by=at.clerk)
    assert [case.pk for case in alike_cases([first.number, second.number], by=at.clerk)] == [first.pk, second.pk]


def test_where_one_fee_is_unpaid_none_is_proposed() -> None:
    at = cases.counter(fee=300)
    made = reviewed(at, "山田", "田中")
    with pytest.raises(Refused, match=made[0].number):
        propose_together(alike_cases([case.number for case in made], by=at.clerk), "granted", by=at.clerk)
    assert {case.status for case in Case.objects.all()} == {"review"}
    assert not Proposal.objects.exists()


def test_a_clerk_chooses_them_in_the_list_and_a_refused_form_keeps_what_was_written() -> None:
    at = cases.counter()
    made = reviewed(at, "山田", "田中")
    client, numbers = cast.signed_in(at.clerk), [case.number for case in made]
    shown = client.post("/office/cases/joint-proposal/preview/", {"number": numbers}).content.decode()
    assert "2件をまとめて起案する" in shown
    refused = client.post("/office/cases/joint-proposal/", {"number": numbers, "outcome": "refused", "urgent": "月末"})
    assert refused.status_code == 422
    assert "月末" in refused.content.decode()
    client.post("/office/cases/joint-proposal/", {"number": numbers, "outcome": "granted"})
    proposal = Proposal.objects.get()
    page = cast.signed_in(at.chief).get(f"/office/proposals/{proposal.number}/").content.decode()
    assert all(number in page for number in numbers)
    assert "田中 花子" in page
