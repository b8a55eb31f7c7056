"""Changes 変更予定, drills 訓練 and restore tests 復元試験."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import JAPAN, business_date
from todoke.notices.outbox import enqueue
from todoke.organization.models import Department
from todoke.runtime.links import absolute, path_to
from todoke.runtime.refusals import NotAllowed, NotYet, Refused
from todoke.systems.models.incident import Incident
from todoke.systems.models.incident_notice import current_chiefs
from todoke.systems.models.register import InformationSystem, departments_by_system


def format_duration(stretch: timedelta) -> str:
    """Format a duration as 2時間40分."""
    minutes = int(stretch.total_seconds() // 60)
    return f"{minutes // 60}時間{minutes % 60}分" if minutes >= 60 else f"{minutes}分"


def format_local_time(at: datetime) -> str:
    """Format an instant in Japan time as 2027年1月16日 20:00."""
    return f"{at.astimezone(JAPAN):%Y年%-m月%-d日 %H:%M}"


class BusyPeriod(models.Model):
    """繁忙期: days on which a department cannot tolerate an outage (転入転出、確定申告、選挙)."""

    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="busy_periods", verbose_name="部署"
    )

    class Meta:
        verbose_name = "繁忙期"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="systems_busy_ends_after_it_starts",
                violation_error_message="終わりは、始まりより後の日にしてください。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """変更予定: a planned outage, renewal or migration of a system, and when departments were notified."""

    class Kind(models.TextChoices):
        STOP = "stop", "停止"
        RENEWAL = "renewal", "更改"
        MOVE = "move", "標準化への移行"
        WORK = "work", "作業"

    system = models.ForeignKey(InformationSystem, models.CASCADE, related_name="changes", verbose_name="情報システム")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    title = models.CharField("内容", max_length=150)
    starts_at = models.DateTimeField("開始")
    ends_at = models.DateTimeField("終了")
    told_at = models.DateTimeField("関係部署に知らせた日時", null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="followers", verbose_name="先に終える作業"
    )
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="書いた人"
    )
    approved_at = models.DateTimeField("承認した日時", null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="承認した人"
    )

    class Meta:
        verbose_name = "変更予定"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(edited_by__isnull=True) | ~Q(approved_by=F("edited_by")),
                name="systems_change_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="systems_change_ends_after_it_starts",
                violation_error_message="終了は、開始より後の時刻にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def mark_edited(self, by: User) -> None:
        """Set who wrote the change, before it is saved; an approval of what it was is void."""
        self.edited_by, self.approved_at, self.approved_by = by, None, None

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """Approve the change as a second person (承認). Raises NotAllowed, NotYet, Refused."""
        if self.edited_by_id == by.pk:
            raise NotAllowed("自分が書いた変更は、自分では承認できません。ほかの担当者に頼んでください。")
        if late := [str(each) for each in self.predecessors.all() if each.ends_at > self.starts_at]:
            raise NotYet(f"先に終える作業が、開始までに終わりません: {'、'.join(late)}。日時を直してください。")
        if not stamp_once(self, "approved_at", approved_by=by):
            raise Refused("この予定は、もう承認されています。")
        record(self, "変更予定の承認", by=by, after={"重なり": self.clashes()})

    def clashes(self) -> list[str]:
        """Return busy periods and other changes at the same time."""
        return self.clashes_among(BusyPeriod.objects.all(), Change.objects.select_related("system"))

    def clashes_among(self, busy: Iterable[BusyPeriod], changes: Iterable["Change"]) -> list[str]:
        """As ``clashes``, among rows already loaded, for a list of changes."""
        first, last = business_date(self.starts_at), business_date(self.ends_at)
        found = [f"繁忙期: {each.title}" for each in busy if each.starts_on <= last and each.ends_on >= first]
        others = [each for each in changes if each.starts_at < self.ends_at and each.ends_at > self.starts_at]
        return found + [f"同じ時間の作業: {each.system} {each.title}" for each in others if each.pk != self.pk]

    @transaction.atomic
    def notify_departments(self, *, by: Actor) -> int:
        """Notify the chiefs of the departments concerned, once; return how many (関係部署への通知).

        Raises NotYet before it is approved, Refused.
        """
        if self.approved_at is None:
            raise NotYet("まだ承認されていません。書いた人ではない担当者が承認してから、知らせてください。")
        if not stamp_once(self, "told_at"):
            raise Refused("この予定は、もう知らせてあります。")
        people = current_chiefs(self.departments())
        if not people:
            said = "知らせる部署に、いま課長がいません。所管と手続の関係を確かめてください。"
            raise Refused(said, link=path_to("board:system", self.system.code))
        clashes = "、".join(self.clashes()) or "ありません"
        for each in people:
            enqueue(
                "change-notice", to=each, about=f"変更予定 {self.system.code}", by=by,
                context={"name": each.name, "system": self.system.name, "kind": self.get_kind_display(),
                         "title": self.title, "starts": format_local_time(self.starts_at),
                         "ends": format_local_time(self.ends_at),
                         "clashes": clashes, "alternative": self.system.read_only_server or "定めていません",
                         "url": absolute("board:changes")},
            )  # fmt: skip
        self.refresh_from_db()
        record(self, "変更予定の通知", by=by, after={"人数": len(people)})
        return len(people)

    def departments(self) -> list[Department]:
        """The owner, and the departments whose procedures depend on the system."""
        return departments_by_system([self.system])[self.system.pk]


class Drill(models.Model):
    """訓練: an exercise with its scenario and participants."""

    title = models.CharField("訓練名", max_length=150)
    held_on = models.DateField("実施日")
    scenario = models.TextField("想定")
    systems = models.ManyToManyField(InformationSystem, related_name="drills", verbose_name="情報システム")
    departments = models.ManyToManyField(Department, related_name="drills", verbose_name="参加部署")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="drills", verbose_name="きっかけの障害"
    )

    class Meta:
        verbose_name = "訓練"
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.title


class DrillFinding(models.Model):
    """訓練の指摘: a finding of a drill, open until it is closed with evidence."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="findings", verbose_name="訓練")
    text = models.CharField("指摘", max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, related_name="drill_findings", verbose_name="担当部署")
    due = models.DateField("期限")
    closed_on = models.DateField("済んだ日", null=True, blank=True)
    evidence = models.CharField("根拠", max_length=300, blank=True)

    class Meta:
        verbose_name = "訓練の指摘"
        ordering = ["due"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(evidence=""),
                name="systems_finding_has_evidence",
                violation_error_message="済んだ日を書くときは、根拠も書いてください。",
            )
        ]

    def __str__(self) -> str:
        return self.text


class RestoreTest(models.Model):
    """復元試験: a restore that was carried out, with measured recovery time and data loss."""

    system = models.ForeignKey(
        InformationSystem, models.CASCADE, related_name="restore_tests", verbose_name="情報システム"
    )
    failed_at = models.DateTimeField("失われたとみなす時点")
    backup_at = models.DateTimeField("使ったバックアップの時点")
    started_at = models.DateTimeField("復元の開始")
    finished_at = models.DateTimeField("業務が再開できた時点")
    rto_minutes = models.PositiveIntegerField("目標復旧時間(分)")
    rpo_minutes = models.PositiveIntegerField("目標復旧時点(分)")
    evidence = models.CharField("根拠", max_length=300)

    class Meta:
        verbose_name = "復元試験"
        ordering = ["-finished_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__gt=F("started_at")) & Q(backup_at__lte=F("failed_at")),
                name="systems_restore_times_are_in_order",
                violation_error_message="バックアップは失われた時点より前、再開は復元の開始より後の時刻にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.finished_at}"

    @classmethod
    @transaction.atomic
    def register(cls, *, by: Actor, **facts: object) -> "RestoreTest":
        """Record a restore that was carried out (復元試験の記録)."""
        test = cls.objects.create(**facts)
        record(test, "復元試験の記録", by=by, after={"復旧時間": str(test.rto), "失われた時間": str(test.rpo)})
        return test

    @property
    def rto(self) -> timedelta:
        """The time from loss to recovery (復旧時間)."""
        return self.finished_at - self.failed_at

    @property
    def rpo(self) -> timedelta:
        """The time span whose data is lost (失われたデータの時間)."""
        return self.failed_at - self.backup_at

    @property
    def measured(self) -> tuple[str, str]:
        """Both times as text (2時間40分)."""
        return format_duration(self.rto), format_duration(self.rpo)

    @property
    def is_within_rto(self) -> bool:
        return self.rto <= timedelta(minutes=self.rto_minutes)

    @property
    def is_within_rpo(self) -> bool:
        return self.rpo <= timedelta(minutes=self.rpo_minutes)
