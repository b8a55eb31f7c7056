"""Nobody approves their own draft; a post that the drafter holds counts as absent for it."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import Office
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Deputy, Proposal, Step, StepDecision
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """The clerk also holds the chief's post, beside the chief."""
    made = approvals.office()
    Tenure.objects.create(post=seat_of(made.chief), user=made.clerk, starts_on=today())
    return made


def seat_of(user: User) -> Post:
    return Tenure.objects.of(user).order_by("pk")[0].post


def deputy_of(user: User, email: str, order: int = 1) -> User:
    section = seat_of(user).department
    deputy = cast.staff("補佐", email, Post.Role.CLERK, section)
    Deputy.objects.create(post=seat_of(user), deputy=seat_of(deputy), order=order)
    return deputy


def away(user: User) -> None:
    Absence.objects.create(user=user, starts_on=today(), ends_on=today() + timedelta(days=1))


def drafted(office: Office, **details: object) -> Proposal:
    return approvals.proposal(office.clerk, department=office.section, **details)


def test_the_chief_who_is_here_decides_although_the_drafter_holds_the_post_too(office: Office) -> None:
    deputy = deputy_of(office.chief, "deputy@example.lg.jp")
    proposal = drafted(office)
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=deputy)
    proposal.approve(by=office.chief)
    assert proposal.status == Proposal.Status.APPROVED


def test_the_deputy_decides_when_nobody_but_the_drafter_is_left_at_the_post(office: Office) -> None:
    deputy = deputy_of(office.chief, "deputy@example.lg.jp")
    away(office.chief)
    proposal = drafted(office)
    assert list(Proposal.objects.waiting_for(deputy)) == [proposal]
    for own in (proposal.approve, proposal.decide_in_absence):
        with pytest.raises(NotAllowed):
            own(by=office.clerk)
    proposal.decide_in_absence(by=deputy)
    decision = StepDecision.objects.get()
    assert (decision.by, decision.post, decision.capacity) == (deputy, seat_of(office.chief), "absence")
    assert not Proposal.objects.unread_by(office.clerk).exists(), "one does not read one's own draft afterwards"


def test_for_what_others_draft_the_second_holder_is_present(office: Office) -> None:
    deputy = deputy_of(office.chief, "deputy@example.lg.jp")
    away(office.chief)
    colleague = cast.staff("同僚", "colleague@example.lg.jp", Post.Role.CLERK, office.section)
    proposal = approvals.proposal(colleague)
    assert not Proposal.objects.waiting_for(deputy).exists()
    with pytest.raises(NotAllowed):
        proposal.decide_in_absence(by=deputy)
    proposal.approve(by=office.clerk)


def test_without_a_deputy_the_decision_goes_to_the_post_above(office: Office) -> None:
    away(office.chief)
    proposal = drafted(office)
    step = proposal.steps.get()
    assert (step.role, step.department, step.note) == (
        "director", office.bureau, "起案者本人の職位のため、上位の職位が決裁",
    )  # fmt: skip
    proposal.approve(by=office.director)


def test_a_stop_on_the_way_without_a_deputy_is_left_out(office: Office) -> None:
    away(office.chief)
    first = drafted(office, amount=2_000_000).steps.order_by("position")[0]
    assert (first.status, first.note) == (Step.Status.SKIPPED, "起案者本人の職位のため省略")


def test_who_drafts_does_not_stand_in_the_way_of_the_next_deputy(office: Office) -> None:
    Tenure.objects.filter(user=office.clerk, post=seat_of(office.chief)).delete()
    Deputy.objects.create(post=seat_of(office.chief), deputy=seat_of(office.clerk), order=1)
    second = deputy_of(office.chief, "second@example.lg.jp", order=2)
    away(office.chief)
    drafted(office).decide_in_absence(by=second)
    assert StepDecision.objects.get().by == second
