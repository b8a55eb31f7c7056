"""Devices 機器台帳: pools, and the devices in them from the purchase to the disposal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict, Refused
from todoke.systems.models.register import Contract, InformationSystem
from todoke.systems.permissions import READ_DEVICES


class DevicePool(models.Model):
    """機器の区分: devices for one purpose, and the system that stands still where one of them is lost."""

    code = models.SlugField("区分の略号", max_length=20, unique=True)
    name = models.CharField("区分", max_length=60, unique=True)
    system = models.ForeignKey(
        InformationSystem, models.PROTECT, related_name="device_pools", verbose_name="情報システム"
    )
    is_individual = models.BooleanField(
        "個別対応", default=False, help_text="特定の職員や業務に渡したままのもの。貸出率には数えません。"
    )

    class Meta:
        verbose_name = "機器の区分"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class DeviceEntry:
    """台帳の1行: what the sheet of a municipality says of a device."""

    asset_number: str
    serial: str
    model: str
    acquired_on: date
    pool: str = ""


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, user: User) -> "DeviceQuerySet":
        """All where the post says so, else those lent to the sections that a person reads, and to the person."""
        if READ_DEVICES.held_by(user):
            return self
        out = Q(loans__department__in=READ_DEVICES.departments_of(user)) | Q(loans__borrower=user)
        lent = out & Q(loans__handed_at__isnull=False, loans__returned_at=None, loans__lost_at=None)
        return self.filter(pk__in=Device.objects.filter(lent).values("pk"))

    def kept(self) -> "DeviceQuerySet":
        """Devices that have not been disposed of (廃棄を除く)."""
        return self.exclude(status=Device.Status.RETIRED)


class Device(models.Model):
    """機器: one device with its asset number; where it is, its loan says."""

    class Status(models.TextChoices):
        STOCK = "stock", "在庫"
        LENT = "lent", "貸出"
        REPAIR = "repair", "修理"
        LOST = "lost", "紛失"
        RETIRED = "retired", "廃棄"

    NEXT: ClassVar[Transitions] = {
        "stock": frozenset({"lent", "repair", "lost", "retired"}),
        "lent": frozenset({"stock", "repair", "lost"}),
        "repair": frozenset({"stock", "retired"}),
        "lost": frozenset({"stock", "retired"}),
        "retired": frozenset(),
    }

    asset_number = models.CharField("資産番号", max_length=30, unique=True)
    serial = models.CharField("製造番号", max_length=60, blank=True)
    model = models.CharField("機種", max_length=100)
    pool = models.ForeignKey(DevicePool, models.PROTECT, related_name="devices", verbose_name="区分")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="devices", verbose_name="契約"
    )
    acquired_on = models.DateField("取得日")
    gone_on = models.DateField("なくなった日", null=True, blank=True)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.STOCK)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "機器"
        ordering = ["asset_number"]
        constraints = [
            models.UniqueConstraint(fields=["serial"], condition=~Q(serial=""), name="systems_one_device_per_serial"),
            models.CheckConstraint(
                condition=Q(status__in=["lost", "retired"], gone_on__isnull=False)
                | (~Q(status__in=["lost", "retired"]) & Q(gone_on=None)),
                name="systems_gone_device_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_number} {self.model}"

    @classmethod
    @transaction.atomic
    def register(cls, pool: DevicePool, entries: Iterable[DeviceEntry], *, by: Actor) -> int:
        """Register devices (登録), all or none, in the pool that each names or in the one given; return how many.

        What is written for a pool counts where it names a known one in any row. Raises Refused for numbers in use and
        for a pool that is not known beside others that are.
        """
        held = list(entries)
        pools = _pools(held)
        rows = [
            cls(pool=pools.get(each.pool, pool), asset_number=each.asset_number, serial=each.serial, model=each.model,
                acquired_on=each.acquired_on)
            for each in held
        ]  # fmt: skip
        taken = _taken("資産番号", "asset_number", [row.asset_number for row in rows])
        taken += _taken("製造番号", "serial", [row.serial for row in rows if row.serial])
        if taken:
            raise Refused(f"{'。'.join(taken)}。何も登録していません。番号を確かめて、もう一度お試しください。")
        cls.objects.bulk_create(rows)
        for each in {row.pool for row in rows}:
            record(each, "機器の登録", by=by, after={"台数": sum(row.pool == each for row in rows)})
        return len(rows)

    def send_to_repair(self, reason: str, *, by: Actor) -> None:
        """Send a device in stock to repair (修理). Raises Refused without a reason, Conflict unless in stock."""
        self._move(self.Status.STOCK, self.Status.REPAIR, "機器の修理", by=by, reason=_said(reason))

    def mend(self, *, by: Actor) -> None:
        """Take a repaired device back into stock (修理の完了). Raises Conflict unless it is in repair."""
        self._move(self.Status.REPAIR, self.Status.STOCK, "機器の修理の完了", by=by)

    def recover(self, *, by: Actor) -> None:
        """Take a lost device that was found into stock (発見). Raises Conflict unless it is lost."""
        self._move(self.Status.LOST, self.Status.STOCK, "紛失した機器の発見", by=by, gone_on=None)

    def retire(self, reason: str, *, by: Actor) -> None:
        """Dispose of a device (廃棄). Raises Refused without a reason, Conflict while it is lent."""
        self._move(
            self.status, self.Status.RETIRED, "機器の廃棄", by=by, reason=_said(reason), gone_on=self.gone_on or today()
        )

    @transaction.atomic
    def _move(self, read: str, to: "Device.Status", act: str, *, by: Actor, reason: str = "", **changes: Any) -> None:
        if self.status != read or not transition(self, to, **changes):
            raise Conflict(f"この機器は、いま「{self.Status(self.status).label}」です。何も変わっていません。")
        record(self, act, by=by, after={"状態": to}, reason=reason)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("理由を書いてください。")
    return reason.strip()


def _taken(label: str, column: str, values: list[str]) -> list[str]:
    """Return a sentence about the numbers that the register has already, or that come twice."""
    known = set(Device.objects.filter(**{f"{column}__in": values}).values_list(column, flat=True))
    twice = {value for value in values if values.count(value) > 1} if len(set(values)) < len(values) else set()
    found = sorted(known | twice)
    return [f"{label}が、もうあるか2回出てきます({'、'.join(found[:5])}など{len(found)}件)"] if found else []


def _pools(entries: Sequence[DeviceEntry]) -> dict[str, DevicePool]:
    """Return the pools that entries name; nothing where the column says something else. Raises Refused."""
    named = {each.pool for each in entries if each.pool}
    known = {pool.name: pool for pool in DevicePool.objects.filter(name__in=named)}
    if known and (unknown := sorted(named - set(known))):
        raise Refused(
            f"表の区分「{'」「'.join(unknown[:5])}」は登録されていません。何も登録していません。"
            "「区分を加える」で加えるか、表の書き方を直してください。"
        )
    return known
