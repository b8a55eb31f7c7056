"""A clerk proposes, somebody else decides, and the resident gets a letter with the stated reasons."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import Guest, System
from todoke.approvals.models import Proposal
from todoke.cases import decisions
from todoke.cases.correction import corrections
from todoke.cases.letters import render
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.notices.models import Message
from todoke.offers.models import LetterText
from todoke.payments.models import Charge
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_an_approved_proposal_grants_and_the_letter_can_be_fetched() -> None:
    case = cases.decided(cases.counter())
    assert (case.status, case.delivery) == ("granted", "making")
    assert case.due_on is None
    cases.work_off()
    case.refresh_from_db()
    letter = case.letters.get()
    with letter.file.open() as file:
        pdf = file.read()
    assert case.delivery == "ready"
    assert pdf.startswith(b"%PDF")
    assert hashlib.sha256(pdf).hexdigest() == letter.sha256
    assert Message.objects.filter(code="case-decided").count() == 1


def test_making_a_letter_twice_gives_one_file_and_one_mail() -> None:
    case = cases.decided(cases.counter())
    cases.work_off()
    render.render_to_file(case.letters.get().pk)
    assert Message.objects.filter(code="case-decided").count() == 1


def test_nobody_decides_on_their_own_proposal() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    proposal = decisions.propose(case, "granted", by=at.chief)
    with pytest.raises(NotAllowed):
        proposal.approve(by=at.chief)


def test_a_refusal_states_its_reason_and_the_notice_of_appeal() -> None:
    at = cases.counter()
    with pytest.raises(Refused, match="理由"):
        decisions.propose(cases.reviewed(at), "refused", by=at.clerk)
    case = cases.decided(at, "refused", "要件を満たさないため(条例第3条)")
    data = case.letters.get().data
    assert data["reasons"] == ["要件を満たさないため(条例第3条)"]
    assert data["appeal"] == ["教示の文"]


def test_a_returned_proposal_comes_back_for_review_and_goes_up_again() -> None:
    at = cases.counter()
    case = cases.proposed(at)
    assert case.proposal is not None
    case.proposal.return_to_drafter(by=at.chief, reason="書類を確かめてください")
    case.refresh_from_db()
    assert case.status == "review"
    again = decisions.propose(case, "granted", by=at.clerk)
    assert (again, again.round) == (case.proposal, 2)
    again.approve(by=at.chief)
    case.refresh_from_db()
    assert case.status == "granted"


def test_a_grant_in_part_states_what_is_withheld_and_how_to_appeal() -> None:
    at = cases.counter()
    with pytest.raises(Refused):
        decisions.propose(cases.reviewed(at), "partly", by=at.clerk)
    case = cases.decided(at, "partly", reason="2通のうち1通は発行できないため。")
    letter = case.letters.get()
    assert (case.status, letter.kind) == ("partly", "partly")
    assert (letter.data["reasons"], letter.data["appeal"]) == (["2通のうち1通は発行できないため。"], ["教示の文"])


def test_a_letter_that_withholds_something_cannot_be_published_without_the_notice_of_appeal() -> None:
    for kind in ("partly", "refuse"):
        with pytest.raises(ValidationError, match="教示"):
            LetterText(kind=kind, title="通知書", opening="本文").clean()
    LetterText(kind="grant", title="通知書", opening="本文").clean()


def test_an_application_withdrawn_meanwhile_cannot_be_granted() -> None:
    at = cases.counter()
    hanako = cast.resident()
    case = cases.proposed(at, by=hanako)
    Case.objects.get(pk=case.pk).withdraw(by=hanako)
    assert case.proposal is not None
    with pytest.raises(NotAllowed):
        case.proposal.approve(by=at.chief)
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.letters.count()) == ("withdrawn", 0)


def test_a_withdrawal_closes_the_proposal_that_is_still_before_its_deciders() -> None:
    at = cases.counter()
    case = Case.objects.get(pk=cases.proposed(at).pk)
    assert Proposal.objects.waiting_for(at.chief).exists()
    case.withdraw(by=Guest())
    closed = Proposal.objects.get()
    assert (closed.status, closed.remark) == ("dropped", "申請の取下げ")
    assert not Proposal.objects.waiting_for(at.chief).exists()
    assert not closed.steps.filter(status__in=["open", "waiting"]).exists()


def test_a_review_begins_once_and_never_past_a_correction_or_a_decision() -> None:
    at = cases.counter()
    asked, deciding_now = cases.reviewed(at), cases.proposed(at)
    corrections.request_correction(asked, [corrections.CorrectionPoint(AnswerKey("copies"), "mistake")], by=at.clerk)
    for case in (asked, deciding_now):
        with pytest.raises(Conflict):
            Case.objects.get(pk=case.pk).start_review(by=at.clerk)
    assert Proposal.objects.get().status == "circulating"


def test_what_is_not_paid_is_not_issued() -> None:
    at = cases.counter(fee=300)
    case = cases.reviewed(at)
    with pytest.raises(Refused, match="手数料"):
        decisions.propose(case, "granted", by=at.clerk)


def test_a_withdrawal_cancels_what_is_owed() -> None:
    case = cases.case(cases.counter(fee=300))
    case.withdraw(by=Guest())
    assert Charge.objects.get().status == Charge.Status.CANCELLED


def test_a_clerk_withdraws_only_with_the_story_of_the_wish() -> None:
    at = cases.counter()
    case = cases.case(at)
    with pytest.raises(Refused):
        case.withdraw(by=at.clerk)
    case.withdraw(by=at.clerk, reason="11月20日に電話で申し出を受けた")
    assert case.status == "withdrawn"


def test_staff_do_not_handle_their_own_application() -> None:
    at = cases.counter()
    own = cases.case(at, at.clerk)
    with pytest.raises(NotAllowed):
        own.start_review(by=at.clerk)


def test_another_section_neither_sees_nor_handles_the_case() -> None:
    at = cases.counter()
    stranger = cast.staff("他課 係員", "b@example.lg.jp", section=cast.department("税務課", "2020"))
    case = cases.case(at, cast.resident())
    assert not Case.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        case.start_review(by=stranger)


def test_a_director_sees_the_sections_below() -> None:
    at = cases.counter()
    at.section.parent = cast.department("区民部", "1000")
    at.section.save()
    director = cast.staff("部長", "d@example.lg.jp", "director", at.section.parent)
    case = cases.case(at)
    assert list(Case.objects.in_office_of(director)) == [case]


def test_the_worker_itself_may_carry_on_a_case() -> None:
    case = cases.case(cases.counter())
    case.start_review(by=System())
    assert (case.status, case.assignee) == ("review", None)
