"""Points of the demo ward: a programme, people with an account or a card of paper, and shops; all invented."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from todoke.accounts.actors import System
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.demo.people import person
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.points.models import (
    EligiblePerson,
    Merchant,
    PaymentCode,
    PointCard,
    PointGrant,
    PointProgram,
    Redemption,
    SettlementFeeRule,
)
from todoke.points.settlement_proposals import MATTER
from todoke.points.shop_redemptions import use_card, use_code

BY = System("デモ")
PEOPLE = 40
SHOPS = (
    ("みらい青果(架空)", Merchant.Category.FOOD), ("みらい書店(架空)", Merchant.Category.CULTURE),
)  # fmt: skip


def build() -> None:
    """Draft and publish a programme, grant by letter and at the counter, and use points in a shop today."""
    clerk, chief, owner = person("clerk"), person("chief"), person("taro")
    start = today() - timedelta(days=20)
    program = PointProgram(
        code="living-2026", title="くらし応援ポイント(架空)", points=7000, starts_on=start,
        basis="令和8年度補正予算(架空)",
        ends_on=start + timedelta(days=60), expires_on=start + timedelta(days=180), budget_yen=7000 * PEOPLE,
        running_yen=30_000, card_daily_cap=3000,
    )  # fmt: skip
    program.draft(department=clerk.tenures.all()[0].post.department, by=clerk)
    program.publish(by=chief)
    program.enrol([(f"DEMO{number:04}", 1940 + number) for number in range(PEOPLE)], by=clerk)
    people = list(program.eligible.order_by("pk"))
    shops = [_shop(name, category, program) for name, category in SHOPS]
    hanako = PointGrant.claim(people[0], way=EligiblePerson.Way.LETTER, user=person("hanako"), by=person("hanako"))
    for number in range(1, 16):
        way = EligiblePerson.Way.COUNTER if number % 3 else EligiblePerson.Way.PROXY
        grant = PointGrant.claim(people[number], way=way, by=clerk)
        _buy(grant, shops[number % 2], number)
    if hanako.holder is not None:
        use_code(shops[0], 1200, key="demo-hanako", code=PaymentCode.issue(hanako.holder), by=owner)
    Redemption.objects.order_by("pk")[0].cancel(by=owner)
    _fees()


def _fees() -> None:
    """Publish the route on which payments to shops are decided, and a fee of 1 % (見本)."""
    route = Route.objects.create(code="point-settlements", name="加盟店の精算の決裁(架空)")
    chief = DecisionClassRule([StopRule(1, DECIDE, Post.Role.TREASURER)], basis="みらい区会計事務規則(架空)")
    rules = ApprovalRules([chief, replace(chief, kind=MATTER)])
    route.publish(rules, starts_on=date(2026, 4, 1), basis="みらい区会計事務規則(架空)", by=BY)
    source = "くらし応援ポイント事業実施要綱 第8条(架空)"
    SettlementFeeRule.establish(valid_from=date(2026, 4, 1), percent=Decimal(1), source=source, by=person("treasurer"))


def _shop(name: str, category: str, program: PointProgram) -> Merchant:
    bank = {"bank_code": "0001", "branch_code": "001", "account_kind": "1", "payee_kana": "ミライ"}
    shop = Merchant.apply(
        by=person("taro"), name=name, category=category, department=program.department, account_number="0000000", **bank
    )
    shop.approve(by=person("chief"))
    return shop


def _buy(grant: PointGrant, shop: Merchant, number: int) -> None:
    """Hand a card over and use it once."""
    if grant.holder is not None:
        card, pin = PointCard.issue(grant.holder, by=BY)
        use_card(shop, 100 * number, key=f"demo-{number}", number=card.number, pin=pin, by=BY)
