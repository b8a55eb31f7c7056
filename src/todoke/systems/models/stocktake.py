"""Stocktakes 機器棚卸: looking every device up once, and saying of each that it is there or not."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.japanese.identifiers import identifier_key
from todoke.runtime.refusals import Conflict, NotYet, Refused
from todoke.systems.models.device import Device


class Stocktake(models.Model):
    """機器棚卸: every device that is kept on the day it begins, until each was looked up."""

    number = models.CharField("棚卸番号", max_length=20, unique=True)
    opened_at = models.DateTimeField("始めた日時", default=timezone.now)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="始めた人")
    closed_at = models.DateTimeField("終えた日時", null=True, blank=True)

    class Meta:
        verbose_name = "機器棚卸"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="systems_stocktake_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    @transaction.atomic
    def open(cls, *, by: Actor) -> "Stocktake":
        """Begin a stocktake, a line for each device that is kept (棚卸の開始). Raises Conflict while one goes on."""
        number = next_of_year(cls.objects.all(), today().year)
        if cls.objects.filter(closed_at=None).exists():
            raise Conflict("終わっていない棚卸があります。終えてから、次を始めてください。")
        made = cls.objects.create(number=number, opened_by=user_of(by))
        kept = Device.objects.kept().exclude(status=Device.Status.LOST)
        StocktakeLine.objects.bulk_create(StocktakeLine(stocktake=made, device=each) for each in kept)
        record(made, "機器棚卸の開始", by=by, after={"台数": made.lines.count()})
        return made

    @transaction.atomic
    def sight(self, numbers: Iterable[str], finding: str, *, place: str = "", by: Actor) -> int:
        """Say of devices, by asset number, that they were seen or are missing (確認); return how many lines changed.

        Raises Refused for numbers that are not in this stocktake, Conflict when it is over.
        """
        if self.closed_at is not None:
            raise Conflict("この棚卸は終わっています。")
        lines = {identifier_key(line.device.asset_number): line for line in self.lines.select_related("device")}
        asked = [number for number in numbers if number.strip()]
        unknown = [number for number in asked if identifier_key(number) not in lines]
        if unknown or not asked:
            names = "、".join(unknown[:5])
            raise Refused(f"この棚卸にない資産番号です({names})。" if unknown else "資産番号を1つ以上書いてください。")
        found = [lines[identifier_key(number)] for number in asked]
        for line in found:
            line.finding, line.place, line.found_at, line.found_by = finding, place, timezone.now(), user_of(by)
        StocktakeLine.objects.bulk_update(found, ["finding", "place", "found_at", "found_by"])
        record(self, "機器の確認", by=by, after={"台数": len(found), "結果": finding})
        return len(found)

    @transaction.atomic
    def close(self, *, by: Actor) -> None:
        """End the stocktake (棚卸の終了). Raises NotYet while a line is open, Conflict when it is over."""
        left = self.lines.filter(finding="").count()
        if left:
            raise NotYet(f"まだ確かめていない機器が{left:,}台あります。あったか、なかったかを記録してください。")
        if not stamp_once(self, "closed_at"):
            raise Conflict("この棚卸は終わっています。")
        record(self, "機器棚卸の終了", by=by)


class StocktakeLine(models.Model):
    """機器棚卸の行: one device in a stocktake, and whether it was there."""

    class Finding(models.TextChoices):
        SEEN = "seen", "あった"
        MISSING = "missing", "なかった"

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="lines", verbose_name="機器棚卸")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", verbose_name="機器")
    finding = models.CharField("結果", max_length=10, choices=Finding.choices, blank=True)
    place = models.CharField("場所", max_length=100, blank=True)
    found_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")

    class Meta:
        verbose_name = "機器棚卸の行"
        ordering = ["stocktake", "device__asset_number"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "device"], name="systems_one_line_per_device"),
            models.CheckConstraint(
                condition=Q(finding="") | Q(found_at__isnull=False), name="systems_finding_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stocktake} {self.device.asset_number}"
