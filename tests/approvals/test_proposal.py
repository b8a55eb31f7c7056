"""A proposal climbs its posts, and only the right people move it."""

from typing import Any

import pytest

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import DOSSIER, Office
from todoke.accounts.models import User
from todoke.approvals import signals
from todoke.approvals.models import Dossier, Proposal, Step, StepDecision
from todoke.audit import log
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return approvals.office()


def again(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def climbed(office: Office, *people: User, **details: object) -> Proposal:
    proposal = approvals.proposal(office.clerk, **details)
    for person in people:
        again(proposal).approve(by=person)
    return again(proposal)


def test_a_small_matter_is_decided_by_the_chief_alone(office: Office) -> None:
    assert climbed(office, office.chief).status == Proposal.Status.APPROVED


def test_a_larger_matter_passes_everybody_in_turn_and_then_circulates(office: Office) -> None:
    proposal = climbed(office, office.chief, office.treasurer, office.director, amount=1_000_001)
    assert proposal.status == Proposal.Status.CIRCULATING, "the director has joined but not yet decided"
    proposal.approve(by=office.director)
    assert again(proposal).status == Proposal.Status.APPROVED
    assert list(Proposal.objects.waiting_for(office.mayor)) == [proposal]
    again(proposal).mark_read(by=office.mayor)
    assert not Proposal.objects.waiting_for(office.mayor).exists()


def test_posts_that_join_act_in_any_order_but_none_before_the_first(office: Office) -> None:
    proposal = approvals.proposal(office.clerk, amount=2_000_000)
    with pytest.raises(NotAllowed):
        proposal.approve(by=office.treasurer)
    assert climbed(
        office, office.chief, office.director, office.treasurer, office.director, amount=2_000_000
    ).settled_at


@pytest.mark.parametrize("post", [Post.Role.CHIEF, Post.Role.DIRECTOR])
def test_nobody_approves_their_own_draft_not_even_through_a_second_post(office: Office, post: str) -> None:
    proposal = approvals.proposal(office.clerk)
    seat = Post.objects.create(department=office.section, title="兼務", role=post)
    Tenure.objects.create(post=seat, user=office.clerk, starts_on=today())
    with pytest.raises(NotAllowed):
        proposal.approve(by=office.clerk)
    assert not Proposal.objects.waiting_for(office.clerk).exists()


def test_the_draft_of_a_chief_is_decided_above_them(office: Office) -> None:
    proposal = approvals.proposal(office.chief)
    step = proposal.steps.get()
    assert (step.role, step.department) == (Post.Role.DIRECTOR, office.bureau)
    proposal.approve(by=office.director)
    assert again(proposal).status == Proposal.Status.APPROVED


def test_posts_resolve_to_people_at_the_moment_of_acting(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    Tenure.objects.filter(user=office.chief).update(ends_on=cast.LONG_AGO)
    successor = cast.staff("後任 課長", "new@example.lg.jp", Post.Role.CHIEF, office.section)
    with pytest.raises(NotAllowed):
        proposal.approve(by=office.chief)
    proposal.approve(by=successor)


def test_a_returned_proposal_starts_anew_with_a_new_dossier(office: Office) -> None:
    proposal = climbed(office, office.chief, amount=2_000_000)
    proposal.return_to_drafter(by=office.treasurer, reason="見積書がありません。")
    assert not Proposal.objects.waiting_for(office.director).exists()
    again(proposal).resubmit(dossier={**DOSSIER, "見積書": "あり"}, by=office.clerk)
    assert [step.status for step in proposal.steps.filter(round=2)] == [
        "open",
        "waiting",
        "waiting",
        "waiting",
        "waiting",
    ]
    assert Dossier.objects.count() == 2


def test_a_smaller_amount_in_the_next_round_asks_for_a_shorter_chain(office: Office) -> None:
    proposal = approvals.proposal(office.clerk, amount=2_000_000)
    proposal.take_back(by=office.clerk, reason="金額の誤り")
    proposal.resubmit(dossier=DOSSIER, by=office.clerk, amount=900_000)
    proposal.approve(by=office.chief)
    assert again(proposal).status == Proposal.Status.APPROVED


def test_only_the_drafter_takes_back_and_only_before_the_decision(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    with pytest.raises(NotAllowed):
        proposal.take_back(by=office.chief, reason="代わりに")
    proposal.approve(by=office.chief)
    with pytest.raises(Refused):
        again(proposal).take_back(by=office.clerk, reason="遅すぎた")


def test_only_the_deciding_post_rejects(office: Office) -> None:
    proposal = approvals.proposal(office.clerk, amount=2_000_000)
    with pytest.raises(NotAllowed):
        proposal.reject(by=office.chief, reason="不要")
    small = approvals.proposal(office.clerk)
    small.reject(by=office.chief, reason="不要")
    assert again(small).status == Proposal.Status.REJECTED


def test_a_return_without_a_reason_is_refused(office: Office) -> None:
    with pytest.raises(Refused):
        approvals.proposal(office.clerk).return_to_drafter(by=office.chief, reason="  ")


def test_who_saw_the_former_dossier_cannot_decide_the_new_one(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    seen = proposal.dossier_hash
    proposal.take_back(by=office.clerk, reason="誤り")
    proposal.resubmit(dossier={"伺い": "別の内容"}, by=office.clerk)
    with pytest.raises(Refused):
        again(proposal).approve(by=office.chief, seen=seen)


def test_a_double_click_does_not_decide_for_the_persons_second_post(office: Office) -> None:
    seat = Post.objects.create(department=office.section, title="課長事務取扱", role=Post.Role.CHIEF)
    Tenure.objects.create(post=seat, user=office.director, starts_on=today())
    proposal = approvals.proposal(office.clerk, importance="important")
    first, second = again(proposal), again(proposal)
    first.approve(by=office.director)
    with pytest.raises(Refused):
        second.approve(by=office.director)


def test_a_decision_names_post_and_capacity_and_the_exact_dossier(office: Office) -> None:
    decision = StepDecision.objects.get(step__proposal=climbed(office, office.chief))
    assert (decision.post.role, decision.capacity, decision.by) == (Post.Role.CHIEF, "own", office.chief)
    dossier = decision.step.proposal.dossier
    assert decision.dossier_hash == dossier.hash == dossier.compute_hash()
    Dossier.objects.filter(pk=dossier.pk).update(content={"伺い": "すり替え"})
    assert Dossier.objects.get(pk=dossier.pk).compute_hash() != decision.dossier_hash


def test_news_of_the_decision_travels_up_in_the_same_transaction(office: Office) -> None:
    heard = []

    def receiver(**news: Any) -> None:
        heard.append((news["proposal"].number, news["outcome"], news["by"]))

    signals.settled.connect(receiver)
    proposal = climbed(office, office.chief)
    signals.settled.disconnect(receiver)
    assert heard == [(proposal.number, "approved", office.chief)]


def test_every_act_leaves_one_entry_and_the_chain_holds(office: Office) -> None:
    proposal = climbed(office, office.chief)
    acts = Entry.objects.filter(subject=log.subject_of(proposal)).values_list("act", flat=True)
    assert list(acts) == ["起案", "決裁 承認", "決裁"]
    assert list(log.verify()) == []


def test_a_stranger_sees_nothing_and_the_auditor_everything(office: Office) -> None:
    proposal = climbed(office, office.chief)
    stranger = cast.staff("他課 係員", "other@example.lg.jp", section=cast.department("税務課", "3010"))
    auditor = cast.staff("監査 委員", "audit@example.lg.jp", Post.Role.AUDITOR, cast.department("監査事務局", "9010"))
    assert not Proposal.objects.visible_to(stranger).exists()
    assert list(Proposal.objects.visible_to(auditor)) == [proposal]
    assert list(Proposal.objects.visible_to(office.chief)) == [proposal]


def test_whoever_was_moved_reads_nothing_of_the_former_section_although_they_drafted_or_decided(
    office: Office,
) -> None:
    proposal, elsewhere = climbed(office, office.chief), cast.department("税務課", "3010")
    for number, person in enumerate((office.clerk, office.chief)):
        assert list(Proposal.objects.visible_to(person)) == [proposal]
        post = Post.objects.create(department=elsewhere, title=f"異動先{number}", role=Post.Role.CLERK)
        Tenure.objects.filter(user=person).update(post=post)
        assert not Proposal.objects.visible_to(person).exists()


def test_urgent_matters_lie_on_top(office: Office) -> None:
    plain = approvals.proposal(office.clerk)
    urgent = approvals.proposal(office.clerk, urgent_reason="災害対応のため")
    assert list(Proposal.objects.waiting_for(office.chief)) == [urgent, plain]


def test_a_person_without_a_post_cannot_draft(office: Office) -> None:
    with pytest.raises(NotAllowed):
        approvals.proposal(cast.resident())


def test_a_step_is_decided_once_by_the_databases_own_rule(office: Office) -> None:
    step = Step.objects.get(proposal=climbed(office, office.chief))
    assert step.decision.outcome == "approve"
    assert StepDecision._meta.get_field("step").unique
