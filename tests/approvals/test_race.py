"""Two people press at one moment, 300 times: one decides. The naive way fails the same trial."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from tests import cast
from tests.cast import approvals
from todoke.accounts.models import User
from todoke.approvals.models import Proposal, Step, StepDecision
from todoke.organization.models import Post
from todoke.runtime.refusals import Refused

TRIALS = 300
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]
Press = Callable[[Proposal, User], bool]


def press_approve(proposal: Proposal, person: User) -> bool:
    try:
        proposal.approve(by=person)
    except Refused:
        return False
    return True


def press_naively(proposal: Proposal, person: User) -> bool:
    """Read, look, then write: what anybody would write first."""
    with transaction.atomic():
        step = Step.objects.get(proposal=proposal)
        if step.status != Step.Status.OPEN:
            return False
        step.status = Step.Status.DONE
        step.save()
        return True


def pressed_together(press: Press, proposals: list[Proposal], people: list[User]) -> list[int]:
    """Let the people press on each proposal at one moment; return for each how many of them decided."""
    barrier, won = threading.Barrier(len(people)), [[False] * len(people) for _ in proposals]

    def person_at_work(place: int) -> None:
        for trial, proposal in enumerate(proposals):
            mine = Proposal.objects.get(pk=proposal.pk)
            barrier.wait(timeout=240)
            won[trial][place] = press(mine, people[place])
        connections.close_all()

    threads = [threading.Thread(target=person_at_work, args=(place,)) for place in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [sum(trial) for trial in won]


def two_chiefs(trials: int = TRIALS) -> tuple[list[Proposal], list[User]]:
    office = approvals.office()
    second = cast.staff("副 課長", "second@example.lg.jp", Post.Role.CHIEF, office.section)
    return [approvals.proposal(office.clerk) for _ in range(trials)], [office.chief, second]


def test_two_approvers_at_one_moment_decide_once() -> None:
    proposals, people = two_chiefs()
    assert set(pressed_together(press_approve, proposals, people)) == {1}
    assert StepDecision.objects.count() == TRIALS
    assert Proposal.objects.filter(status=Proposal.Status.APPROVED).count() == TRIALS


def test_the_trial_catches_the_naive_way() -> None:
    proposals, people = two_chiefs(60)
    doubles = sum(count > 1 for count in pressed_together(press_naively, proposals, people))
    assert doubles > 0, "a trial that cannot catch a double decision proves nothing"


def test_two_who_join_at_one_moment_always_hand_on_to_the_next() -> None:
    office = approvals.office()
    proposals = [approvals.proposal(office.clerk, amount=2_000_000) for _ in range(60)]
    for proposal in proposals:
        proposal.approve(by=office.chief)
    assert set(pressed_together(press_approve, proposals, [office.treasurer, office.director])) == {2}
    waiting = Step.objects.filter(status=Step.Status.OPEN, kind="decide").count()
    assert waiting == len(proposals), "no proposal is left without anybody to decide it"
