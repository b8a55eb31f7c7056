"""Whoever may act on a proposal hears that it has come, and the drafter hears how it ended."""

import pytest

from tests import cast
from tests.cast import approvals, cases
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Deputy
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db


def heard(code: str) -> list[str]:
    return list(Message.objects.filter(code=code).order_by("pk").values_list("email", flat=True))


def seat(user: User) -> Post:
    return Tenure.objects.of(user).get().post


def test_each_decider_hears_when_it_is_their_turn_and_not_before() -> None:
    office = approvals.office()
    proposal = approvals.proposal(office.clerk, amount=2_000_000)
    assert heard("proposal-waiting") == [office.chief.email]
    proposal.approve(by=office.chief)
    assert set(heard("proposal-waiting")[1:]) == {office.treasurer.email, office.director.email}
    assert proposal.number in Message.objects.filter(code="proposal-waiting").latest("pk").body


def test_while_the_chief_is_away_the_deputy_hears() -> None:
    office = approvals.office()
    deputy = cast.staff("渡辺 補佐", "deputy@example.lg.jp", Post.Role.CLERK, office.section)
    Deputy.objects.create(post=seat(office.chief), deputy=seat(deputy))
    Absence.objects.create(user=office.chief, starts_on=today(), ends_on=today())
    approvals.proposal(office.clerk)
    assert heard("proposal-waiting") == [deputy.email]


def test_the_drafter_hears_what_others_decided_but_not_what_they_did_themselves() -> None:
    office = approvals.office()
    returned = approvals.proposal(office.clerk)
    returned.return_to_drafter(by=office.chief, reason="見積書がありません。")
    assert heard("proposal-settled") == [office.clerk.email]
    assert "差戻し" in Message.objects.get(code="proposal-settled").subject
    returned.drop(by=office.clerk, reason="取りやめ")
    approvals.proposal(office.clerk).take_back(by=office.clerk, reason="直す")
    assert len(heard("proposal-settled")) == 1


def test_a_decided_case_tells_its_clerk() -> None:
    at = cases.counter()
    cases.decided(at)
    assert heard("proposal-settled") == [at.clerk.email]
