"""Point acts ポイントを使う人々: one process of people who claim, use, cancel, settle and pay at random."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Proposal, Route
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.points import settlement_proposals, settlement_run
from todoke.points.models import (
    EligiblePerson,
    Merchant,
    MerchantSettlement,
    PaymentCode,
    PointCard,
    PointGrant,
    PointProgram,
    Redemption,
    SettlementFeeRule,
)
from todoke.points.shop_redemptions import use_code
from todoke.proving.killed_people.random_acts import RandomActs

PEOPLE, SHOPS, POINTS, WITHOUT = 120, 8, 7000, 6
"""People of the list, shops, points of one, and of how many one person finds the budget empty."""
CHIEF, TREASURER = "point-chief@proof.example", "point-treasurer@proof.example"
FEE, RETURNED = Decimal("2.5"), 0.2
MOST = 9
"""How many times as often as the last shop the first one is visited, about."""
BY = System("検証")
YESTERDAY = timedelta(days=1)


def prepare(people: int = PEOPLE, shops: int = SHOPS) -> None:
    """Make a programme with more people than its budget bears, and shops that take points."""
    program = PointProgram.objects.create(
        code="proof", title="検証用の事業", points=POINTS, starts_on=today() - 9 * YESTERDAY,
        ends_on=today() + YESTERDAY, expires_on=today() + 90 * YESTERDAY, basis="検証用",
        budget_yen=(people - people // WITHOUT) * POINTS,
    )  # fmt: skip
    program.enrol([(f"{number:07}", 1950) for number in range(people)], by=BY)
    chief = _treasury()
    for number in range(shops):
        owner = User.objects.create_user(f"shop{number}@proof.example", name=f"検証店{number}")
        bank = {"bank_code": "0001", "branch_code": "001", "account_kind": "1", "payee_kana": "ミセ"}
        shop = Merchant.apply(by=owner, name=owner.name, category="food", account_number="1234567", **bank)
        shop.approve(by=chief)


def _treasury() -> User:
    """Make the section that pays the shops, its route and the fee; return its chief."""
    section = Department.objects.create(code="proof-pay", name="検証会計課")
    people = [
        (User.objects.create_user(TREASURER, name="検証会計"), Post.Role.TREASURER),
        (User.objects.create_user(CHIEF, name="検証課長"), Post.Role.CHIEF),
    ]
    for user, role in people:
        post = Post.objects.create(department=section, title=user.name, role=role)
        Tenure.objects.create(post=post, user=user, starts_on=today() - 9 * YESTERDAY)
    route = Route.objects.create(code="proof-settlements", name="検証用の精算の決裁")
    rule = DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="検証用")
    rules = ApprovalRules([rule, replace(rule, kind=settlement_proposals.MATTER)])
    route.publish(rules, starts_on=today() - 9 * YESTERDAY, basis="検証用", by=BY)
    SettlementFeeRule.establish(valid_from=today() - 9 * YESTERDAY, percent=FEE, source="検証用", by=people[0][0])
    return people[1][0]


class People(RandomActs):
    """People of the list, shops and a treasurer who act at random."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.chief, self.treasurer = User.objects.get(email=CHIEF), User.objects.get(email=TREASURER)
        self.route = Route.objects.get(code="proof-settlements")
        self.shops = list(Merchant.objects.order_by("pk"))
        self.visits = list(accumulate(len(self.shops) + MOST * place for place in range(len(self.shops), 0, -1)))
        self.listed = list(EligiblePerson.objects.values_list("pk", flat=True))
        self.keys = [f"key-{number}" for number in range(400)]

    def weights(self) -> dict[Callable[[], None], int]:
        """Return the acts and how often each is chosen beside the others."""
        return {self._claim: 4, self._use: 10, self._cancel: 3, self._reissue: 1, self._settle: 2, self._pay: 1}

    def _claim(self) -> None:
        person = EligiblePerson.objects.select_related("program").get(pk=self.chance.choice(self.listed))
        way = self.chance.choice([EligiblePerson.Way.COUNTER, EligiblePerson.Way.LETTER])
        PointGrant.claim(person, way=way, by=BY)

    def _use(self) -> None:
        grant = self.one(PointGrant.objects.filter(left__gt=0).select_related("holder"))
        if grant is None or grant.holder is None:
            return
        shop = self.chance.choices(self.shops, cum_weights=self.visits)[0]
        points, key = self.chance.randint(1, 900), self.chance.choice(self.keys)
        code = PaymentCode.issue(grant.holder)
        for _ in range(self.chance.choice([1, 1, 2])):
            use_code(shop, points, key=f"{key}-{points}", code=code, by=BY)

    def _cancel(self) -> None:
        """Take a use back, often a settled one of a shop that few visit, so that the shop owes."""
        settled = Redemption.objects.live().filter(
            settlement__isnull=False, merchant__in=self.shops[len(self.shops) // 2 :]
        )
        if use := self.one(self.chance.choice([settled, Redemption.objects.live()])):
            use.cancel(by=BY)

    def _reissue(self) -> None:
        if (grant := self.one(PointGrant.objects.select_related("holder"))) and grant.holder:
            card = grant.holder.cards.filter(ended_at=None).first()
            card.replace(PointCard.End.LOST, by=BY) if card else PointCard.issue(grant.holder, by=BY)

    def _settle(self) -> None:
        """Settle a shop until today; a day goes on, so what comes later belongs to the next period."""
        shop = self.chance.choice(self.shops)
        last = shop.settlements.order_by("-ends_on").first()
        settlement_run.settle_shop(shop, max(today(), last.ends_on + YESTERDAY if last else today()), by=BY)

    def _pay(self) -> None:
        """Do what the treasury does next: check, propose, decide (now and then return), or pay."""
        made = self.one(MerchantSettlement.objects.exclude(status="paid").select_related("proposal"))
        if made is None:
            return
        status = MerchantSettlement.Status
        if made.status == status.DRAFT:
            settlement_proposals.check_all(by=self.treasurer)
        elif made.status == status.CHECKED:
            settlement_proposals.propose(route=self.route, by=self.treasurer)
        elif made.status == status.PROPOSED and made.proposal is not None:
            self._decide(made.proposal)
        else:
            made.pay(today(), by=BY)

    def _decide(self, proposal: Proposal) -> None:
        if self.chance.random() < RETURNED:
            proposal.return_to_drafter(by=self.chief, reason="検証のため")
        else:
            proposal.approve(by=self.chief)
