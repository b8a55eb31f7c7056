"""Lotteries 抽選: announced with a committed seed, entered, closed by the database, drawn and published."""

import base64
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar, Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.bookings import closed_list_triggers, signals
from todoke.bookings.lottery.draw import ClosedList, Entry, commitment, draw
from todoke.bookings.lottery.published_file import PublishedDraw
from todoke.bookings.models.facility import BookableUnit, FacilityGroup
from todoke.bookings.models.registrant import Registrant
from todoke.bookings.models.use_rules import UseRules
from todoke.bookings.slots import Span
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

ENTRIES_OVER = "この抽選の受付は終わりました。外れた枠や空きは、先着で予約できます。"


@contextmanager
def _or_closed() -> Iterator[None]:
    """Undo the block and raise Closed where the database refuses an entry, because the list was closed meanwhile."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if closed_list_triggers.NAME not in str(problem):
            raise
        raise Closed(ENTRIES_OVER) from problem


class LotteryQuerySet(models.QuerySet["Lottery"]):
    def visible_to(self, user: User) -> Self:
        """Lotteries of the facilities whose bookings the person receives today."""
        return self.filter(group__in=FacilityGroup.objects.visible_to(user).values("pk"))

    def announced(self) -> Self:
        """Lotteries that the public sees: all of them."""
        return self.exclude(commitment="")

    def to_close(self, now: datetime) -> Self:
        """Lotteries whose closing time has come."""
        return self.filter(status=Lottery.Status.OPEN, closes_at__lte=now)


class Lottery(models.Model):
    """抽選: items drawn under a seed whose hash was published first; closed lists are frozen by the database."""

    class Status(models.TextChoices):
        OPEN = "open", "受付"
        CLOSED = "closed", "締切"
        DRAWN = "drawn", "抽選済"

    NEXT: ClassVar[Transitions] = {
        Status.OPEN: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.DRAWN}),
        Status.DRAWN: frozenset(),
    }

    number = models.CharField("抽選番号", max_length=20, unique=True)
    title = models.CharField("名称", max_length=100)
    group = models.ForeignKey(FacilityGroup, models.PROTECT, related_name="lotteries", verbose_name="施設群")
    rules = models.ForeignKey(UseRules, models.PROTECT, related_name="+", verbose_name="利用条件の版")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.OPEN)
    commitment = models.CharField("約束 C", max_length=64)
    sealed_seed = models.TextField("種(封をした値)")
    seed = models.CharField("種 S", max_length=64, blank=True)
    source = models.CharField("公開値の決まり", max_length=200, help_text="例: 2026年12月1日の日経平均株価の終値")
    value = models.CharField("公開値 V", max_length=100, blank=True)
    limit = models.PositiveSmallIntegerField("1登録の当選の上限", default=0, help_text="0は上限なし")
    announced_at = models.DateTimeField("公告日時")
    closes_at = models.DateTimeField("締切日時")
    draws_at = models.DateTimeField("抽選日時")
    closed_at = models.DateTimeField("締め切った日時", null=True)
    digest = models.CharField("照合値 D", max_length=64, blank=True)

    objects = LotteryQuerySet.as_manager()

    class Meta:
        verbose_name = "抽選"
        ordering = ["-closes_at", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(draws_at__gt=F("closes_at")), name="bookings_a_draw_follows_closing"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | Q(~Q(status="open"), closed_at__isnull=False),
                name="bookings_a_closed_lottery_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def announce(
        cls, group: FacilityGroup, *, title: str, items: Sequence[tuple[BookableUnit, Span]], source: str,
        closes_at: datetime, draws_at: datetime, rules: UseRules, by: User, limit: int = 0,
    ) -> "Lottery":  # fmt: skip
        """公告: publish items, times, the rule of V and the hash of a new seed; the audit entry holds C.

        Raises NotAllowed, Refused for a closing in the past, no items, or no public value.
        """
        if not group.can_run_lotteries(by):
            raise NotAllowed("抽選を公告できるのは、施設の担当部署の人だけです。")
        if not timezone.now() < closes_at < draws_at or not items or not source.strip():
            raise Refused("抽選する枠、これからの締切、それより後の抽選日時、公開値の決まりを入れてください。")
        number, seed = f"C{secrets.randbelow(10**8):08}", secrets.token_bytes(32)
        made = cls.objects.create(
            number=number, title=title, group=group, rules=rules, commitment=commitment(number, seed), limit=limit,
            sealed_seed=encrypt_text(seed.hex()), source=source.strip(), announced_at=timezone.now(),
            closes_at=closes_at, draws_at=draws_at,
        )  # fmt: skip
        LotteryItem.objects.bulk_create(
            LotteryItem(lottery=made, code=f"{unit.code}-{span.start:%Y%m%d%H%M}", unit=unit, starts_at=span.start,
                        ends_at=span.end)
            for unit, span in items
        )  # fmt: skip
        record(
            made,
            "抽選の公告",
            by=by,
            after={"約束": made.commitment, "公開値の決まり": source, "枠": len(items)},
            first=True,
        )
        return made

    @_or_closed()
    def enter(
        self, registrant: Registrant, items: "Sequence[LotteryItem]", *, weight: int, by: Actor
    ) -> "LotteryEntry":
        """抽選の申込み: one ticket for all items or none; one audit entry.

        Raises Closed after closing, Conflict beyond the entries that a registrant may make, Refused without items.
        """
        if self.status != self.Status.OPEN or self.closes_at <= timezone.now():
            raise Closed(ENTRIES_OVER)
        terms = self.rules.terms
        if not items or (len(items) > 1 and not terms.bundles):
            raise Refused("申し込む枠を1つ選んでください。" if not terms.bundles else "申し込む枠を選んでください。")
        if terms.most_entries and self.entries.filter(registrant=registrant).count() >= terms.most_entries:
            raise Conflict(f"この抽選に申し込めるのは、1つの登録で{terms.most_entries}件までです。")
        entry = LotteryEntry.objects.create(
            lottery=self, registrant=registrant, weight=weight, entered_at=timezone.now(),
            ticket=base64.b32encode(secrets.token_bytes(10)).decode(), pseudonym=self._pseudonym(registrant),
            wanted=",".join(sorted(one.code for one in items)),
        )  # fmt: skip
        record(entry, "抽選の申込み", by=by, after={"枠": entry.wanted, "重み": weight}, first=True)
        return entry

    def _pseudonym(self, registrant: Registrant) -> str:
        """Return the name of a registrant in this lottery's public list; nobody else can compute it."""
        known = self.entries.filter(registrant=registrant).values_list("pseudonym", flat=True).first()
        return known or secrets.token_hex(6)

    def closed_list(self) -> ClosedList:
        """Return the list as it is published, without names."""
        items = dict.fromkeys(self.items.values_list("code", flat=True), 1)
        rows = self.entries.values_list("ticket", "wanted", "weight", "pseudonym")
        entries = tuple(Entry(ticket, tuple(wanted.split(",")), weight, name) for ticket, wanted, weight, name in rows)
        return ClosedList(items, self.limit, self.source, entries)

    def entry_counts(self) -> Counter[str]:
        """Return how many entries want each item."""
        wanted = self.entries.values_list("wanted", flat=True)
        return Counter(code for each in wanted for code in each.split(","))

    @transaction.atomic
    def close(self, *, by: Actor) -> None:
        """締切: freeze the list and publish its hash D. Raises NotYet before the closing time, Conflict when closed."""
        if timezone.now() < self.closes_at:
            raise NotYet("締切の時刻まで、受け付けます。")
        if not transition(self, self.Status.CLOSED, closed_at=timezone.now()):
            raise Conflict("この抽選は、すでに締め切られています。")
        self.digest = self.closed_list().digest
        Lottery.objects.filter(pk=self.pk).update(digest=self.digest)
        record(self, "抽選の締切", by=by, after={"照合値": self.digest, "申込み": self.entries.count()})

    @transaction.atomic
    def draw(self, value: str, *, by: User) -> None:
        """抽せん: compute the results from seed, list and the public value, once; seed and value are public then.

        Raises NotAllowed, NotYet before the announced time or closing, Refused without V or where the list is not what
        was closed, Conflict the second time.
        """
        if not self.group.can_run_lotteries(by):
            raise NotAllowed("抽選できるのは、施設の担当部署の人だけです。")
        if self.status == self.Status.OPEN or timezone.now() < self.draws_at:
            raise NotYet("公告した抽選の時刻まで、抽選できません。")
        if not value.strip():
            raise Refused(f"公開値(「{self.source}」)を入れてください。")
        closed = self.closed_list()
        if closed.digest != self.digest:
            raise Refused(
                "締め切ったあとに一覧が変わっています。抽選を止めました。システム管理担当に知らせてください。"
            )
        seed = decrypt_text(self.sealed_seed)
        if not transition(self, self.Status.DRAWN, seed=seed, value=value.strip()):
            raise Conflict("この抽選は、すでに終わっています。")
        numbers = dict(self.entries.values_list("ticket", "pk"))
        LotteryResult.objects.bulk_create(
            (LotteryResult(lottery=self, entry_id=numbers[one.ticket], position=position, rank=one.rank,
                           outcome=LotteryResult.Outcome(one.outcome))
             for position, one in enumerate(draw(closed, bytes.fromhex(seed), self.value), start=1)),
            batch_size=1000,
        )  # fmt: skip
        record(self, "抽せん", by=by, after={"公開値": self.value, "種": seed})
        signals.drawn.send(sender=Lottery, lottery=self, by=by)

    def published(self) -> PublishedDraw:
        """Return the file of a drawn lottery for whoever recomputes it."""
        closed = self.closed_list()
        results = tuple(draw(closed, bytes.fromhex(self.seed), self.value))
        return PublishedDraw(self.number, self.commitment, self.seed, self.value, self.digest, closed, results)


class LotteryItem(models.Model):
    """抽選枠: one time of one unit that is drawn; frozen at closing."""

    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="items", verbose_name="抽選")
    code = models.CharField("枠番号", max_length=60)
    unit = models.ForeignKey(BookableUnit, models.PROTECT, related_name="+", verbose_name="貸出単位")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")

    class Meta:
        verbose_name = "抽選枠"
        ordering = ["lottery", "starts_at", "code"]
        constraints = [models.UniqueConstraint(fields=["lottery", "code"], name="bookings_one_item_per_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def span(self) -> Span:
        """The time that is drawn."""
        return Span(self.starts_at, self.ends_at)


class LotteryEntry(models.Model):
    """抽選申込: a ticket of a registrant for items that it gets together or not at all; frozen at closing."""

    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="entries", verbose_name="抽選")
    registrant = models.ForeignKey(Registrant, models.PROTECT, related_name="entries", verbose_name="利用登録")
    ticket = models.CharField("整理番号", max_length=16, unique=True)
    wanted = models.CharField("枠", max_length=600)
    weight = models.PositiveSmallIntegerField("重み", default=1)
    pseudonym = models.CharField("仮名", max_length=12)
    entered_at = models.DateTimeField("申込日時")

    class Meta:
        verbose_name = "抽選申込"
        ordering = ["lottery", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=20), name="bookings_an_entry_has_a_weight")
        ]

    def __str__(self) -> str:
        return self.ticket


class LotteryResult(models.Model):
    """抽選結果: the rank of an entry and whether it won; the losers in this order are asked first later."""

    class Outcome(models.TextChoices):
        WON = "当選", "当選"
        LOST = "落選", "落選"
        LIMITED = "上限", "上限"

    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="results", verbose_name="抽選")
    entry = models.OneToOneField(LotteryEntry, models.PROTECT, related_name="result", verbose_name="抽選申込")
    position = models.PositiveIntegerField("順")
    rank = models.CharField("順位の値", max_length=64)
    outcome = models.CharField("結果", max_length=4, choices=Outcome)
    told_at = models.DateTimeField("知らせた日時", null=True)

    class Meta:
        verbose_name = "抽選結果"
        ordering = ["lottery", "position"]
        constraints = [models.UniqueConstraint(fields=["lottery", "position"], name="bookings_one_result_per_position")]

    def __str__(self) -> str:
        return f"{self.entry} {self.outcome}"
