"""Point acts ポイントを使う人々: one process of people who claim, use, cancel and settle at random."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models
from django.db.models import QuerySet

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.points import settlement_run
from todoke.points.models import (
    EligiblePerson,
    Merchant,
    MerchantSettlement,
    PaymentCode,
    PointCard,
    PointGrant,
    PointProgram,
    Redemption,
)
from todoke.points.shop_redemptions import use_code
from todoke.runtime.refusals import Refused

PEOPLE, SHOPS, POINTS, BUDGET_FOR = 120, 8, 7000, 100
LATEST, CHIEF = 300, "point-chief@proof.example"
"""How far back a random row is chosen."""
BY = System("検証")
CUT = 0.05
"""Seconds before the next try, once the database was cut off."""
Row = TypeVar("Row", bound=models.Model)
YESTERDAY = timedelta(days=1)


def prepare() -> None:
    """Make a programme with more people than its budget bears, and shops that take points."""
    program = PointProgram.objects.create(
        code="proof", title="検証用の事業", points=POINTS, starts_on=today() - 9 * YESTERDAY,
        ends_on=today() + YESTERDAY, expires_on=today() + 90 * YESTERDAY, basis="検証用",
        budget_yen=BUDGET_FOR * POINTS,
    )  # fmt: skip
    program.enrol([(f"{number:07}", 1950) for number in range(PEOPLE)], by=BY)
    chief = User.objects.create_user(CHIEF, name="検証課長")
    for number in range(SHOPS):
        owner = User.objects.create_user(f"shop{number}@proof.example", name=f"検証店{number}")
        bank = {"bank_code": "0001", "branch_code": "001", "account_kind": "1", "payee_kana": "ミセ"}
        shop = Merchant.apply(by=owner, name=owner.name, category="food", account_number="1234567", **bank)
        shop.approve(by=chief)


class People:
    """People who act at random; the same seed acts the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - what a synthetic person does is no secret
        self.chief = User.objects.get(email=CHIEF)
        self.shops = list(Merchant.objects.all())
        self.keys = [f"key-{number}" for number in range(400)]

    def act(self) -> None:
        """Do one act; a refusal is an answer."""
        weights = {self._claim: 4, self._use: 10, self._cancel: 3, self._reissue: 1, self._settle: 2, self._pay: 1}
        chosen: Callable[[], None] = self.chance.choices(list(weights), list(weights.values()))[0]
        try:
            chosen()
        except Refused:
            return
        except (OperationalError, InterfaceError):
            if not connection.in_atomic_block:
                connection.close()
                time.sleep(CUT)

    def _one(self, rows: QuerySet[Row]) -> Row | None:
        """Return one of the latest rows by chance."""
        known = list(rows.order_by("-pk").values_list("pk", flat=True)[:LATEST])
        return rows.filter(pk=self.chance.choice(known)).first() if known else None

    def _claim(self) -> None:
        people = EligiblePerson.objects.select_related("program").order_by("pk")
        person = people[self.chance.randrange(PEOPLE)]
        way = self.chance.choice([EligiblePerson.Way.COUNTER, EligiblePerson.Way.LETTER])
        PointGrant.claim(person, way=way, by=BY)

    def _use(self) -> None:
        grant = self._one(PointGrant.objects.filter(left__gt=0).select_related("holder"))
        if grant is None or grant.holder is None:
            return
        shop = self.shops[min(self.chance.randrange(SHOPS), self.chance.randrange(SHOPS))]
        points, key = self.chance.randint(1, 900), self.chance.choice(self.keys)
        code = PaymentCode.issue(grant.holder)
        for _ in range(self.chance.choice([1, 1, 2])):
            use_code(shop, points, key=f"{key}-{points}", code=code, by=BY)

    def _cancel(self) -> None:
        """Take a use back, often a settled one of a shop that few visit, so that the shop owes."""
        settled = Redemption.objects.live().filter(settlement__isnull=False, merchant__in=self.shops[SHOPS // 2 :])
        if use := self._one(self.chance.choice([settled, Redemption.objects.live()])):
            use.cancel(by=BY)

    def _reissue(self) -> None:
        if (grant := self._one(PointGrant.objects.select_related("holder"))) and grant.holder:
            card = grant.holder.cards.filter(ended_at=None).first()
            card.replace(PointCard.End.LOST, by=BY) if card else PointCard.issue(grant.holder, by=BY)

    def _settle(self) -> None:
        """Settle a shop until today; a day goes on, so what comes later belongs to the next period."""
        shop = self.chance.choice(self.shops)
        last = shop.settlements.order_by("-ends_on").first()
        settlement_run.settle_shop(shop, max(today(), last.ends_on + YESTERDAY if last else today()), by=BY)

    def _pay(self) -> None:
        if made := self._one(MerchantSettlement.objects.exclude(status="paid")):
            if made.status == MerchantSettlement.Status.DRAFT:
                made.check_against_ledger(by=BY)
            elif made.status == MerchantSettlement.Status.CHECKED:
                made.approve(by=self.chief)
            else:
                made.pay(today(), by=BY)


def journal_file() -> Path:
    """Return where the people of an installation write that an act came to its end."""
    return Path(settings.VAR, "points.journal")


def live(seed: int) -> None:
    """Act until the process is killed, with a line for each act."""
    people = People(seed)
    with journal_file().open("a", buffering=1) as journal:
        while True:
            people.act()
            journal.write("act\n")
