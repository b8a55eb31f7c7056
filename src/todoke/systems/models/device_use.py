"""Device use 利用: on which days a device that was lent was used, as far as anybody knows."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.calendar import business_date, start_of_day, today
from todoke.japanese.periods import Period
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.systems.devices.device_days import lent_days
from todoke.systems.models.device import Device
from todoke.systems.models.device_loan import DeviceLoan

BACK = timedelta(days=31)


class DeviceUse(models.Model):
    """機器の利用: whether a device was used on a day of its loan, and who says so."""

    class Source(models.TextChoices):
        PERSON = "person", "借りた人の報告"
        GATEWAY = "gateway", "接続装置の記録"

    device = models.ForeignKey(Device, models.PROTECT, related_name="uses", verbose_name="機器")
    day = models.DateField("日")
    is_used = models.BooleanField("使った")
    source = models.CharField("記録のもと", max_length=10, choices=Source.choices)

    class Meta:
        verbose_name = "機器の利用"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["device", "day"], name="systems_one_use_per_day")]
        indexes = [models.Index(fields=["day"], name="systems_device_use_day")]

    def __str__(self) -> str:
        return f"{self.device.asset_number} {self.day}"

    @classmethod
    @transaction.atomic
    def report(cls, loan: DeviceLoan, day: date, *, is_used: bool, by: User) -> "DeviceUse":
        """Report whether the device of a loan was used on a day (利用の報告); said again, the last word holds.

        Raises NotAllowed for others than the borrower, Refused for a day outside the loan, ahead or long past.
        """
        if not DeviceLoan.objects.held_by(by).filter(pk=loan.pk).exists():
            raise NotAllowed("この機器を借りている人だけが報告できます。")
        if not today() - BACK <= day <= today() or day not in lent_days([span_of(loan)], today()):
            raise Refused("借りている間で、31日前からきょうまでの日を選んでください。")
        made, _ = cls.objects.update_or_create(
            device=loan.device, day=day, defaults={"is_used": is_used, "source": cls.Source.PERSON}
        )
        record(loan, "機器の利用の報告", by=by, after={"日": day, "使った": is_used})
        return made

    @classmethod
    @transaction.atomic
    def import_gateway(cls, seen: Collection[tuple[str, date]], period: Period, *, by: Actor) -> tuple[int, int]:
        """Import which devices the gateway saw on which days of a period (接続記録の取込).

        A device that was lent on a day of the period and was not seen was not used. What a person reported stays.
        Returns how many days were new, and how many lines name no device that was lent on that day.
        """
        spans, used = spans_by_device(period), set(seen)
        devices = dict(Device.objects.filter(pk__in=spans).values_list("pk", "asset_number"))
        lent = {
            (number, day): pk for pk, number in devices.items() for day in lent_days(spans[pk], today())
            if period.first <= day <= period.last
        }  # fmt: skip
        rows = [
            DeviceUse(device_id=pk, day=day, is_used=(number, day) in used, source=cls.Source.GATEWAY)
            for (number, day), pk in lent.items()
        ]
        before = DeviceUse.objects.count()
        DeviceUse.objects.bulk_create(rows, ignore_conflicts=True)
        made = DeviceUse.objects.count() - before
        record("systems.deviceuse/gateway", "接続記録の取込", by=by, after={"期間": period.label, "日数": made})
        return made, len(used - lent.keys())


def span_of(loan: DeviceLoan) -> tuple[date, date | None]:
    """Return the first and the last day on which the device was out; None while it still is."""
    ended = loan.returned_at or loan.lost_at
    first = business_date(loan.handed_at) if loan.handed_at else loan.starts_on
    return first, business_date(ended) if ended else None


def spans_by_device(period: Period) -> dict[int, list[tuple[date, date | None]]]:
    """Return by device the spans of loans that were handed out and touch a period, with one query."""
    begins, ends = start_of_day(period.first), start_of_day(period.last + timedelta(days=1))
    touching = DeviceLoan.objects.filter(handed_at__lt=ends).filter(Q(returned_at=None) | Q(returned_at__gte=begins))
    touching = touching.filter(Q(lost_at=None) | Q(lost_at__gte=begins))
    found: dict[int, list[tuple[date, date | None]]] = {}
    for loan in touching.only("device_id", "handed_at", "starts_on", "returned_at", "lost_at"):
        found.setdefault(loan.device_id, []).append(span_of(loan))
    return found
