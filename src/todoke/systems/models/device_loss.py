"""Lost devices 紛失: the report, the incident that it opens, and the days by which the law wants to be told."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import stamp_once, transition
from todoke.japanese.calendar import business_date, today
from todoke.runtime.refusals import Conflict, Refused
from todoke.systems.data_classes import DataClass
from todoke.systems.models.device import Device
from todoke.systems.models.device_loan import DeviceLoan
from todoke.systems.models.incident import Incident


class ReportDeadline(models.Model):
    """報告の期限: within how many days the loss of data of a class is reported to whom, as the rule says."""

    data_class = models.CharField("情報の区分", max_length=10, choices=DataClass.choices)
    title = models.CharField("報告", max_length=60, help_text="例: 個人情報保護委員会への速報")
    days = models.PositiveSmallIntegerField("日数", help_text="気づいた日を含まない、暦の日数。")
    source = models.CharField("根拠", max_length=200)
    confirmed_on = models.DateField("確認日", help_text="根拠の条文を確かめた日。")

    class Meta:
        verbose_name = "報告の期限"
        ordering = ["data_class", "days"]
        constraints = [
            models.UniqueConstraint(fields=["data_class", "title"], name="systems_one_deadline_per_report"),
            models.CheckConstraint(condition=~Q(source=""), name="systems_deadline_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.title

    def until(self, noticed_on: date) -> date:
        """Return the last day for a loss that was noticed on a day."""
        return noticed_on + timedelta(days=self.days)


class LossReport(models.Model):
    """紛失届: a device that is gone, which data it held, and what was done about it."""

    number = models.CharField("届出番号", max_length=20, unique=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="losses", verbose_name="機器")
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="届け出た人")
    noticed_at = models.DateTimeField("気づいた日時")
    reported_at = models.DateTimeField("届け出た日時", default=timezone.now)
    place = models.CharField("場所", max_length=200)
    data_class = models.CharField("入っていた情報の区分", max_length=10, choices=DataClass.choices)
    wiped_at = models.DateTimeField("遠隔で消去した日時", null=True, blank=True)
    police_number = models.CharField("警察の受理番号", max_length=40, blank=True)
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="loss_report", verbose_name="障害")

    class Meta:
        verbose_name = "紛失届"
        ordering = ["-reported_at"]
        constraints = [models.CheckConstraint(condition=~Q(data_class=""), name="systems_loss_names_its_data")]

    def __str__(self) -> str:
        return self.number

    @classmethod
    @transaction.atomic
    def file(cls, device: Device, *, noticed_at: Any, place: str, data_class: str, by: User) -> "LossReport":
        """Report a device as lost (紛失の届出) and open the incident with it, both or neither.

        Raises Refused without a data class or for a moment that lies ahead, Conflict for a device that is lost already.
        """
        if data_class not in DataClass.values:
            raise Refused("入っていた情報の区分を選んでください。分からないときは、いちばん重い区分を選びます。")
        if noticed_at > timezone.now():
            raise Refused("気づいた日時は、いまより前にしてください。")
        device.refresh_from_db()
        if not transition(device, Device.Status.LOST, gone_on=today()):
            raise Conflict(f"この機器は、いま「{device.get_status_display()}」です。何も変わっていません。")
        device.loans.open().update(lost_at=timezone.now())
        label = DataClass(data_class).label
        incident = Incident.open(
            system=device.pool.system, title=f"機器の紛失 {device.asset_number}", detected_at=noticed_at, by=by,
            symptoms=f"{device.model}がなくなった。入っていた情報の区分: {label}", detected_by="紛失届",
        )  # fmt: skip
        report = cls.objects.create(
            number=next_of_year(cls.objects.all(), today().year), device=device, reported_by=user_of(by),
            noticed_at=noticed_at, place=place, data_class=data_class, incident=incident,
        )  # fmt: skip
        record(report, "紛失の届出", by=by, after={"機器": device.asset_number, "情報": data_class})
        return report

    @classmethod
    def of_loan(cls, loan: DeviceLoan, *, noticed_at: Any, place: str, data_class: str, by: User) -> "LossReport":
        """Report the device of a loan as lost. Raises Conflict for a loan that is over, and as ``file`` does."""
        if not DeviceLoan.objects.open().filter(pk=loan.pk).exists():
            raise Conflict("この貸出は終わっています。紛失は、システム管理担当に知らせてください。")
        return cls.file(loan.device, noticed_at=noticed_at, place=place, data_class=data_class, by=by)

    @transaction.atomic
    def record_wipe(self, *, by: Actor) -> None:
        """Record that the device was wiped from afar (遠隔消去). Raises Conflict when it was recorded before."""
        if not stamp_once(self, "wiped_at"):
            raise Conflict("遠隔の消去は、もう記録しています。")
        record(self, "遠隔の消去の記録", by=by)

    @transaction.atomic
    def record_police(self, number: str, *, by: Actor) -> None:
        """Record the number that the police gave (警察への届). Raises Refused without one."""
        if not number.strip():
            raise Refused("警察の受理番号を書いてください。")
        before, self.police_number = {"番号": self.police_number}, number.strip()
        self.save(update_fields=["police_number"])
        record(self, "警察への届の記録", by=by, before=before, after={"番号": self.police_number})

    def deadlines(self) -> list[tuple[ReportDeadline, date]]:
        """Return what must be reported and by which day, the nearest first."""
        noticed = business_date(self.noticed_at)
        return [(each, each.until(noticed)) for each in ReportDeadline.objects.filter(data_class=self.data_class)]
