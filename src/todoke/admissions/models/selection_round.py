"""Selection rounds 選考: one round of placing children, from its preparation to its end."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.admissions.models.rule_version import RuleVersion
from todoke.admissions.models.scheme import Scheme
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, can_transition, compare_and_set, transition
from todoke.japanese.calendar import fiscal_year
from todoke.offers.models import Offer
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused


class RoundStatus(models.TextChoices):
    PREPARED = "prepared", "準備"
    OPEN = "open", "受付中"
    CHECKED = "checked", "点検中"
    FIXED = "fixed", "入力確定"
    DECIDED_ON = "decided_on", "決裁中"
    DECIDED = "decided", "決定"
    NOTIFIED = "notified", "通知済み"
    ENDED = "ended", "終了"


INPUT_OPEN = (RoundStatus.PREPARED, RoundStatus.OPEN, RoundStatus.CHECKED)
"""While inputs may change."""
PUBLIC = (RoundStatus.NOTIFIED, RoundStatus.ENDED)
"""Once the families were told, numbers and seed are public."""


class SelectionRoundQuerySet(models.QuerySet["SelectionRound"]):
    def visible_to(self, user: User) -> "SelectionRoundQuerySet":
        """Rounds of schemes whose selection the person runs today."""
        return self.filter(scheme__in=Scheme.objects.visible_to(user).values("pk"))

    def published(self) -> "SelectionRoundQuerySet":
        """Rounds whose numbers are public: those that were notified."""
        return self.filter(status__in=PUBLIC, disposed_at=None)


class SelectionRound(models.Model):
    """選考: a scheme's children and seats for one month of entry, bound for life to one rule version."""

    Status: ClassVar = RoundStatus
    NEXT: ClassVar[Transitions] = {
        RoundStatus.PREPARED: frozenset({RoundStatus.OPEN}),
        RoundStatus.OPEN: frozenset({RoundStatus.CHECKED}),
        RoundStatus.CHECKED: frozenset({RoundStatus.FIXED}),
        RoundStatus.FIXED: frozenset({RoundStatus.CHECKED, RoundStatus.DECIDED_ON}),
        RoundStatus.DECIDED_ON: frozenset({RoundStatus.FIXED, RoundStatus.DECIDED}),
        RoundStatus.DECIDED: frozenset({RoundStatus.NOTIFIED}),
        RoundStatus.NOTIFIED: frozenset({RoundStatus.ENDED}),
        RoundStatus.ENDED: frozenset(),
    }

    class Kind(models.TextChoices):
        EARLY = "early", "先行"
        FIRST = "first", "一次"
        SECOND = "second", "二次"
        MONTHLY = "monthly", "毎月"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds", verbose_name="利用調整の制度")
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="rounds", verbose_name="基準の版")
    kind = models.CharField("区分", max_length=10, choices=Kind)
    month = models.DateField("利用開始月", help_text="月の1日")
    number = models.PositiveSmallIntegerField("回", default=1)
    deadline = models.DateTimeField("申込みの締切")
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申込みのオンライン受付"
    )
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name="先に行った選考"
    )
    last_year = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="前年の選考"
    )
    status = models.CharField("状態", max_length=10, choices=RoundStatus, default=RoundStatus.PREPARED)
    inputs = models.PositiveIntegerField("入力を変えた回数", default=0)
    seed = models.CharField("抽選の種(封をした文)", max_length=300, blank=True)
    seed_hash = models.CharField("抽選の種の照合値", max_length=64, blank=True)
    seed_fixed_at = models.DateTimeField("抽選の種を決めた日時", null=True, blank=True)
    fixed_at = models.DateTimeField("入力を確定した日時", null=True, blank=True)
    fixed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="入力を確定した人"
    )
    notified_at = models.DateTimeField("通知した日時", null=True, blank=True)
    public_numbers = models.JSONField("公表する数字", default=dict, db_default={}, blank=True)
    disposed_at = models.DateTimeField("廃棄した日時", null=True, blank=True)

    objects = SelectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "選考"
        ordering = ["-month", "scheme", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "month", "kind", "number"], name="admissions_one_round_a_number"),
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="admissions_round_status_is_known"),
            models.CheckConstraint(
                condition=Q(month__day=1, number__gte=1), name="admissions_round_begins_with_a_month"
            ),
            models.CheckConstraint(
                condition=Q(status="prepared") | (~Q(seed_hash="") & Q(seed_fixed_at__isnull=False)),
                name="admissions_open_round_has_its_seed",
            ),
            models.CheckConstraint(
                condition=Q(seed_fixed_at__isnull=True) | Q(seed_fixed_at__lt=F("deadline")),
                name="admissions_seed_is_fixed_before_the_deadline",
            ),
            models.CheckConstraint(
                condition=Q(status__in=INPUT_OPEN) | Q(fixed_at__isnull=False, fixed_by__isnull=False),
                name="admissions_fixed_round_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.title}"

    @property
    def title(self) -> str:
        """The round in words: 2027年度 4月利用開始 一次."""
        again = f"(第{self.number}回)" if self.number > 1 else ""
        return f"{fiscal_year(self.month)}年度 {self.month.month}月利用開始 {self.get_kind_display()}{again}"

    @property
    def takes_input(self) -> bool:
        """Whether seats, children, wishes and facts may still change."""
        return self.status in INPUT_OPEN

    @property
    def takes_wishes(self) -> bool:
        """Whether families may still change their wishes: open, and before the deadline."""
        return self.status == RoundStatus.OPEN and timezone.now() < self.deadline

    @classmethod
    @transaction.atomic
    def prepare(
        cls, scheme: Scheme, *, kind: str, month: date, deadline: datetime, by: User, number: int = 1, **links: Any
    ) -> "SelectionRound":
        """選考の準備: create a round under the rule version in force for its month; one audit entry.

        Raises NotAllowed, and NotYet without a version.
        """
        require_runner(scheme, by)
        version = RuleVersion.objects.filter(scheme=scheme).in_force(month).first()
        if version is None:
            raise NotYet("この利用開始月に使う基準の版が、まだ公開されていません。")
        made = cls(
            scheme=scheme, rule_version=version, kind=kind, month=month, number=number, deadline=deadline, **links
        )
        made.full_clean()
        made.save()
        record(made, "選考の準備", by=by, after={"選考": made.title, "基準の版": version.number})
        return made

    @transaction.atomic
    def open(self, *, by: User, at: datetime | None = None) -> None:
        """受付の開始: draw the lottery's seed, keep it sealed, and publish its hash before the deadline.

        Raises NotAllowed, Refused after the deadline, Conflict.
        """
        require_runner(self.scheme, by)
        at = at or timezone.now()
        if at >= self.deadline:
            raise Refused("締切を過ぎています。抽選の種の照合値は、締切より前に公表しなければなりません。")
        seed = secrets.token_hex(32)
        self.move(
            RoundStatus.OPEN, "受付の開始", by=by, seed=encrypt_text(seed),
            seed_hash=hashlib.sha256(seed.encode()).hexdigest(), seed_fixed_at=at,
        )  # fmt: skip

    @transaction.atomic
    def close(self, *, by: User, at: datetime | None = None) -> None:
        """受付の締切: begin the checks. Raises NotAllowed, NotYet before the deadline, Conflict."""
        require_runner(self.scheme, by)
        if (at or timezone.now()) < self.deadline:
            raise NotYet("締切の前です。締切を過ぎてから点検を始めてください。")
        self.move(RoundStatus.CHECKED, "点検の開始", by=by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """選考の終了: end a round whose families have answered. Raises NotAllowed, Refused before the letters."""
        require_runner(self.scheme, by)
        self.move(RoundStatus.ENDED, "選考の終了", by=by)

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take letters of the round away. Raises NotAllowed."""
        require_runner(self.scheme, by)

    def clear_seed(self) -> str:
        """Return the lottery's seed in clear, for the computation."""
        return decrypt_text(self.seed)

    @property
    def public_seed(self) -> str:
        """The seed once the families were told; before it empty, when its hash alone is public."""
        return self.clear_seed() if self.status in PUBLIC else ""

    def move(self, to: str, act: str, *, by: Actor, reason: str = "", **changes: Any) -> None:
        """Change the status where it still is what was read; one audit entry.

        Raises Refused for a status that may not follow, Conflict when somebody else was first.
        """
        before = self.status
        if not can_transition(self, to):
            raise Refused(f"「{self.get_status_display()}」の選考では、{act}はできません。")
        if not transition(self, to, **changes):
            raise Conflict("ほかの人が先に進めました。開き直して、いまの状態を確かめてください。")
        record(self, act, by=by, reason=reason, before={"状態": before}, after={"状態": to})

    def touch(self) -> None:
        """Count one change of input, where inputs are still open; called first by every verb that changes one.

        Raises Closed once the inputs are fixed.
        """
        if not compare_and_set(self, {"status__in": INPUT_OPEN}, inputs=F("inputs") + 1):
            raise Closed("入力が確定しているため、変えられません。点検中に戻すと変えられます。")


def require_runner(scheme: Scheme, by: Actor) -> None:
    """Raises NotAllowed to whoever does not run the selection of a scheme."""
    if not isinstance(by, User) or not scheme.can_run(by):
        raise NotAllowed("この選考を扱えるのは、担当部署の人だけです。")
