"""Deputies and delegates act only as long, and only as far, as the rules let them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import Office
from todoke.accounts.models import User
from todoke.approvals.authority import Capacity, authorities_of
from todoke.approvals.models import Absence, Delegation, Deputy, Proposal, StepDecision
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return approvals.office()


def seat_of(user: User) -> Post:
    return Tenure.objects.of(user).get().post


def second_chief(office: Office) -> User:
    """A deputy head of the section, first in line to decide for the chief."""
    deputy = cast.staff("渡辺 補佐", "deputy@example.lg.jp", Post.Role.CLERK, office.section)
    Deputy.objects.create(post=seat_of(office.chief), deputy=seat_of(deputy), order=1)
    return deputy


def away(user: User, days: int = 0) -> Absence:
    return Absence.objects.create(user=user, starts_on=today(), ends_on=today() + timedelta(days=days), reason="出張")


def test_a_deputy_decides_in_absence_and_the_holder_reads_it_afterwards(office: Office) -> None:
    deputy, proposal = second_chief(office), approvals.proposal(office.clerk)
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=deputy)
    absence = away(office.chief)
    proposal.decide_in_absence(by=deputy, opinion="急ぐため")
    decision = StepDecision.objects.get()
    assert (decision.capacity, decision.post) == (Capacity.ABSENCE, seat_of(office.chief))
    absence.delete()
    assert list(Proposal.objects.unread_by(office.chief)) == [proposal]
    with pytest.raises(NotAllowed):
        proposal.mark_read_after(by=deputy)
    proposal.mark_read_after(by=office.chief)
    assert not Proposal.objects.unread_by(office.chief).exists()
    with pytest.raises(NotAllowed):
        proposal.mark_read_after(by=office.chief)


def test_a_deputy_does_not_approve_in_their_own_name(office: Office) -> None:
    deputy, proposal = second_chief(office), approvals.proposal(office.clerk)
    away(office.chief)
    assert list(Proposal.objects.waiting_for(deputy)) == [proposal]
    with pytest.raises(NotAllowed):
        proposal.approve(by=deputy)


def test_the_second_deputy_acts_only_when_the_first_is_away_too(office: Office) -> None:
    first, proposal = second_chief(office), approvals.proposal(office.clerk)
    second = cast.staff("次席", "second@example.lg.jp", Post.Role.CLERK, office.section)
    Deputy.objects.create(post=seat_of(office.chief), deputy=seat_of(second), order=2)
    away(office.chief)
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=second)
    away(first)
    proposal.decide_in_absence(by=second)


def test_a_vacant_post_is_absent(office: Office) -> None:
    deputy, proposal = second_chief(office), approvals.proposal(office.clerk)
    Tenure.objects.filter(user=office.chief).update(ends_on=cast.LONG_AGO)
    proposal.decide_in_absence(by=deputy)
    assert Proposal.objects.get().status == Proposal.Status.APPROVED
    decision = StepDecision.objects.get()
    assert (decision.capacity, decision.principal, decision.by) == ("absence", None, deputy)


def test_a_deputy_cannot_decide_their_own_draft(office: Office) -> None:
    deputy = second_chief(office)
    proposal = approvals.proposal(deputy)
    away(office.chief)
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=deputy)


def test_a_delegate_acts_in_the_name_of_the_post_and_of_who_delegated(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    Delegation.give(
        post=seat_of(office.chief), to=office.treasurer, starts_on=today(), ends_on=today(), by=office.chief
    )
    proposal.approve(by=office.treasurer)
    decision = StepDecision.objects.get()
    assert (decision.capacity, decision.principal, decision.by) == ("delegated", office.chief, office.treasurer)


def test_a_delegation_stops_at_once_after_its_end_its_revocation_or_its_givers_transfer(office: Office) -> None:
    seat = seat_of(office.chief)
    given = Delegation.give(post=seat, to=office.treasurer, starts_on=today(), ends_on=today(), by=office.chief)

    def acts_for_the_chief(shift: int = 0) -> bool:
        return any(held.post == seat for held in authorities_of(office.treasurer, today() + timedelta(days=shift)))

    assert acts_for_the_chief()
    assert not acts_for_the_chief(shift=1), "the day after the end"
    assert not acts_for_the_chief(shift=-1), "the day before the start"
    Tenure.objects.filter(user=office.chief).update(ends_on=today() - timedelta(days=1))
    assert not acts_for_the_chief(), "who gave it no longer holds the post"
    Tenure.objects.filter(user=office.chief).update(ends_on=None)
    given.revoke(by=office.chief)
    assert not acts_for_the_chief()
    with pytest.raises(Refused):
        given.revoke(by=office.chief)


def test_a_drafter_cannot_have_their_draft_approved_by_their_own_delegate(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    seat = Post.objects.create(department=office.section, title="課長事務取扱", role=Post.Role.CHIEF)
    Tenure.objects.create(post=seat, user=office.clerk, starts_on=today())
    Delegation.give(post=seat, to=office.treasurer, starts_on=today(), ends_on=today(), by=office.clerk)
    with pytest.raises(NotAllowed):
        proposal.approve(by=office.treasurer)


def test_only_a_post_that_one_holds_can_be_delegated(office: Office) -> None:
    with pytest.raises(Refused):
        Delegation.give(
            post=seat_of(office.mayor), to=office.clerk, starts_on=today(), ends_on=today(), by=office.chief
        )


def test_a_delegation_without_a_sensible_end_is_refused_by_verb_and_database(office: Office) -> None:
    seat, yesterday = seat_of(office.chief), today() - timedelta(days=1)
    with pytest.raises(Refused):
        Delegation.give(post=seat, to=office.clerk, starts_on=today(), ends_on=yesterday, by=office.chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            post=seat, principal=office.chief, delegate=office.clerk, starts_on=today(), ends_on=yesterday
        )


def test_who_comes_back_early_decides_again_themselves(office: Office) -> None:
    deputy, proposal = second_chief(office), approvals.proposal(office.clerk)
    absence = Absence.announce(starts_on=today(), ends_on=today() + timedelta(days=5), reason="休暇", by=office.chief)
    with pytest.raises(Refused):
        absence.end_early(by=deputy)
    absence.end_early(by=office.chief)
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=deputy)


def test_only_the_holder_of_a_post_names_its_deputies_in_order(office: Office) -> None:
    first = cast.staff("一席", "first@example.lg.jp", Post.Role.CLERK, office.section)
    with pytest.raises(Refused):
        Deputy.appoint(post=seat_of(office.chief), deputy=seat_of(first), by=office.clerk)
    Deputy.appoint(post=seat_of(office.chief), deputy=seat_of(first), by=office.chief)
    second = Deputy.appoint(post=seat_of(office.chief), deputy=seat_of(office.clerk), by=office.chief)
    assert second.order == 2
    with pytest.raises(Refused):
        Deputy.appoint(post=seat_of(office.chief), deputy=seat_of(first), by=office.chief)
    second.dismiss(by=office.chief)
    assert Deputy.objects.count() == 1
