"""Points of the tests: a programme that is open, people on its list, a shop, and a person with a card of paper."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection

from tests import cast
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Proposal, Route
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.points import settlement_proposals, settlement_triggers
from todoke.points.models import EligiblePerson, Merchant, PointCard, PointGrant, PointProgram, Redemption
from todoke.points.shop_redemptions import use_card

BY = System("試し")
BANK = {
    "bank_code": "0001", "branch_code": "001", "account_kind": "1", "account_number": "1234567", "payee_kana": "ﾐｾ",
}  # fmt: skip


def program(
    points: int = 7000, *, code: str = "living", budget: int | None = 7_000_000, expires_on: date | None = None,
    cap: int | None = None,
) -> PointProgram:  # fmt: skip
    """A published programme of the section, whose days are around today."""
    return PointProgram.objects.create(
        code=code, title="くらし応援ポイント", points=points, starts_on=today() - timedelta(days=30), ends_on=today(),
        expires_on=expires_on or today() + timedelta(days=90), department=cast.department(), basis="要綱",
        budget_yen=budget, card_daily_cap=cap,
    )  # fmt: skip


def person(of: PointProgram, number: str = "0012345", born: int | None = 1950) -> EligiblePerson:
    """A person of the list."""
    of.enrol([(number, born)], by=BY)
    return of.eligible.of_number(number)


def granted(of: PointProgram, number: str = "0012345", user: User | None = None) -> PointGrant:
    """The points of a person who came to the counter."""
    return PointGrant.claim(person(of, number), way=EligiblePerson.Way.COUNTER, user=user, by=BY)


@dataclass(frozen=True)
class Carrier:
    """A person without phone: the grant, the card and its PIN."""

    grant: PointGrant
    card: PointCard
    pin: str


def carrier(of: PointProgram, number: str = "0012345") -> Carrier:
    """A person with points and a card of paper."""
    grant = granted(of, number)
    card, pin = PointCard.issue(cast.present(grant.holder), by=BY)
    return Carrier(grant, card, pin)


def shop(name: str = "まちの八百屋", email: str = "shop@example.jp") -> Merchant:
    """A shop that takes points, approved by the chief of the section."""
    owner = User.objects.filter(email=email).first() or cast.resident(name, email)
    made = Merchant.apply(by=owner, name=name, category="food", department=cast.department(), **BANK)
    made.approve(by=User.objects.filter(email="chief@example.lg.jp").first() or cast.chief())
    return made


def pay(where: Merchant, points: int, key: str, holds: Carrier) -> Redemption:
    """A use in a shop by card and PIN."""
    return use_card(where, points, key=key, number=holds.card.number, pin=holds.pin, by=BY)


def move_to(day: date) -> None:
    """What was used and cancelled until now was so on a day before."""
    settlement_triggers.uninstall(connection)
    Redemption.objects.filter(day=today()).update(day=day)
    Redemption.objects.filter(cancelled_on=today()).update(cancelled_on=day)
    settlement_triggers.install(connection)


def used_on(day: date, where: Merchant, holds: Carrier, points: int) -> Redemption:
    """A use in a shop on a day before today."""
    made = pay(where, points, f"{day}-{points}", holds)
    move_to(day)
    return made


@dataclass(frozen=True)
class Treasury:
    """The section that pays the shops: who checks and proposes, who decides, and the route between them."""

    treasurer: User
    chief: User
    route: Route

    def propose(self) -> Proposal:
        """Check every draft and propose what is checked."""
        settlement_proposals.check_all(by=self.treasurer)
        return settlement_proposals.propose(route=self.route, by=self.treasurer)


def route() -> Route:
    """A route on which the chief of the drafting section decides payments to shops."""
    made = Route.objects.create(code="point-settlements", name="加盟店の精算の決裁")
    rule = DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="会計規則(例)")
    rules = ApprovalRules([rule, replace(rule, kind=settlement_proposals.MATTER)])
    made.publish(rules, starts_on=date(2020, 4, 1), basis="会計規則(例)", by=BY)
    return made


def treasury() -> Treasury:
    """A treasurer with a chief above, in a section of their own."""
    section = cast.department("会計課", "2900")
    return Treasury(
        cast.staff("財務 会計", "pays@example.lg.jp", Post.Role.TREASURER, section),
        cast.staff("会計 課長", "decides@example.lg.jp", Post.Role.CHIEF, section), route(),
    )  # fmt: skip
