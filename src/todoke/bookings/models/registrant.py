"""Registrants 利用登録: who may take facilities, counted once; members as keyed hashes, limits of use with a ground."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.bookings.models.facility import FacilityGroup
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


@dataclass(frozen=True)
class RegistrantDetails:
    """登録の内容: who it is, who acts for it, how it is reached, and its class."""

    kind: str
    name: str
    origin: str
    account: User | None = None
    email: str = ""
    phone: str = ""
    reduced_percent: int = 0


class RegistrantQuerySet(models.QuerySet["Registrant"]):
    def valid(self, on: date) -> Self:
        """Registrants that may take facilities on a day."""
        return self.filter(verified_on__lte=on, valid_until__gte=on)

    def of(self, user: User) -> Self:
        """Registrants that an account acts for."""
        return self.filter(account=user)


class Registrant(models.Model):
    """利用登録: a person or group that was verified once and takes facilities under one number."""

    class Kind(models.TextChoices):
        PERSON = "person", "個人"
        GROUP = "group", "団体"

    class Origin(models.TextChoices):
        RESIDENT = "resident", "区内"
        OUTSIDE = "outside", "区外"

    number = models.CharField("登録番号", max_length=12, unique=True)
    kind = models.CharField("種類", max_length=10, choices=Kind)
    name = models.CharField("名称", max_length=100)
    account = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表者")
    email = models.EmailField("メールアドレス", blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    origin = models.CharField("区分", max_length=10, choices=Origin)
    reduced_percent = models.PositiveSmallIntegerField("減免(%)", default=0)
    verified_on = models.DateField("確かめた日")
    verified_by = models.CharField("確かめた書類", max_length=100)
    valid_until = models.DateField("有効期限")

    objects = RegistrantQuerySet.as_manager()

    class Meta:
        verbose_name = "利用登録"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(reduced_percent__lte=100), name="bookings_a_reduction_is_a_share"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("verified_on")), name="bookings_a_registration_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @classmethod
    @transaction.atomic
    def register(
        cls, group: FacilityGroup, details: "RegistrantDetails", *, verified_by: str, valid_until: date, by: User
    ) -> "Registrant":
        """利用登録: keep who was verified by which paper; one audit entry.

        Raises NotAllowed without a post that receives bookings, Refused without a paper.
        """
        if not group.can_manage(by):
            raise NotAllowed("利用登録ができるのは、施設の担当部署の人だけです。")
        if not verified_by.strip():
            raise Refused("確かめた書類(本人確認・名簿)を書いてください。")
        made = cls.objects.create(
            number=f"R{secrets.randbelow(10**8):08}", **vars(details), verified_on=today(), verified_by=verified_by,
            valid_until=valid_until,
        )  # fmt: skip
        facts = {"種類": made.kind, "区分": made.origin, "減免": made.reduced_percent}
        record(made, "利用登録", by=by, after=facts, first=True)
        return made

    def suspension_on(self, day: date) -> "Suspension | None":
        """Return the limit of use that holds on a day, if there is one."""
        return _BINDING.first(registrant=self.pk, on=day)


class GroupMember(models.Model):
    """構成員: a member of a group as a keyed hash of folded kana and birth date; no plain name."""

    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="members", verbose_name="利用登録")
    person_hash = models.CharField("照合値", max_length=64)
    resident = models.BooleanField("区内")

    class Meta:
        verbose_name = "構成員"
        ordering = ["registrant", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registrant", "person_hash"], name="bookings_a_member_counts_once")
        ]

    def __str__(self) -> str:
        return f"{self.registrant}の構成員"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def binding(self, on: date | Parameter) -> "SuspensionQuerySet":
        """Limits that hold on a day and were not lifted."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, lifted_at=None)


class Suspension(models.Model):
    """利用の制限: from a day to a day no online booking, or no draw, on a stated ground; the counter stays open."""

    class Reach(models.TextChoices):
        ONLINE = "online", "インターネットからの予約"
        LOTTERY = "lottery", "抽選の申込み"
        USE = "use", "施設の利用"

    registrant = models.ForeignKey(Registrant, models.PROTECT, related_name="suspensions", verbose_name="利用登録")
    group = models.ForeignKey(FacilityGroup, models.PROTECT, related_name="+", verbose_name="施設群")
    reach = models.CharField("制限するもの", max_length=10, choices=Reach)
    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり")
    ground = models.CharField("理由", max_length=300)
    lifted_at = models.DateTimeField("解いた日時", null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "利用の制限"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="bookings_a_limit_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registrant} {self.get_reach_display()} {self.starts_on}~{self.ends_on}"

    @classmethod
    @transaction.atomic
    def impose(
        cls, registrant: Registrant, group: FacilityGroup, *, reach: str, starts_on: date, ends_on: date, ground: str,
        by: User,
    ) -> "Suspension":  # fmt: skip
        """利用の制限: limit use with a ground; one audit entry. Raises NotAllowed to all but the chief, Refused."""
        if not group.can_suspend(by):
            raise NotAllowed("利用を制限できるのは、施設の担当部署の課長だけです。")
        if not ground.strip() or ends_on < starts_on:
            raise Refused("制限の理由と、始まりより後の終わりの日を書いてください。")
        made = cls.objects.create(
            registrant=registrant, group=group, reach=reach, starts_on=starts_on, ends_on=ends_on, ground=ground
        )
        record(
            made,
            "利用の制限",
            by=by,
            after={"制限": reach, "始まり": starts_on, "終わり": ends_on},
            reason=ground,
            first=True,
        )
        return made

    @transaction.atomic
    def lift(self, *, reason: str, by: User) -> None:
        """制限の解除: end it early. Raises NotAllowed, Refused without a reason, Conflict the second time."""
        if not self.group.can_suspend(by):
            raise NotAllowed("制限を解けるのは、施設の担当部署の課長だけです。")
        if not reason.strip():
            raise Refused("制限を解く理由を書いてください。")
        if not stamp_once(self, "lifted_at"):
            raise Conflict("この制限は、すでに解かれています。")
        record(self, "利用の制限の解除", by=by, reason=reason)


def _binding_query() -> models.QuerySet[Suspension]:
    mine = Suspension.objects.filter(registrant=Parameter("registrant", models.BigIntegerField()))
    return mine.binding(Parameter("on", models.DateField()))[:1]


_BINDING = CompiledQuery(_binding_query)
