"""Validation runs 検査: a file before its publication, what is wrong in it, and what a person decided of it."""

import hashlib
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, can_transition, transition
from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.insights.models.data_table import new_key
from todoke.insights.models.dataset import Dataset, DatasetVersion
from todoke.insights.open_data.repairs import Repaired, repair_or_refuse
from todoke.insights.open_data.validation_rules import RULES, Level
from todoke.insights.open_data.validator import LARGEST, Report, validate
from todoke.runtime.refusals import Conflict, NotYet, Refused, Unreadable

LIMITS = ReadLimits(seconds=60, megabytes=600)
MOST_KEPT = 2_000


class ValidationRun(models.Model):
    """検査: one file of a dataset with its defects; a repaired file is a further run, and the original is kept."""

    class Status(models.TextChoices):
        CHECKED = "checked", "検査済み"
        REPAIRED = "repaired", "直した写しあり"
        APPROVED = "approved", "承認済み"
        PUBLISHED = "published", "公開済み"

    NEXT: ClassVar[Transitions] = {
        Status.CHECKED: frozenset({Status.REPAIRED, Status.APPROVED}),
        Status.REPAIRED: frozenset(),
        Status.APPROVED: frozenset({Status.PUBLISHED}),
        Status.PUBLISHED: frozenset(),
    }

    token = models.CharField("整理番号", max_length=12, unique=True, default=new_key, editable=False)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="runs", verbose_name="データセット")
    repaired_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="repaired_as", verbose_name="元のファイルの検査"
    )
    name = models.CharField("ファイル名", max_length=200)
    file = models.FileField("ファイル", upload_to="open-data-checks/")
    digest = models.CharField("照合値", max_length=64)
    encoding = models.CharField("文字コード", max_length=10, blank=True)
    records = models.PositiveIntegerField("行数")
    columns = models.PositiveIntegerField("列数")
    set_name = models.CharField("推奨データセット", max_length=60, blank=True)
    counts = models.JSONField("規則ごとの数")
    changed_cells = models.PositiveIntegerField("直した欄の数", default=0)
    dropped_rows = models.PositiveIntegerField("除いた行の数", default=0)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.CHECKED)
    version = models.OneToOneField(
        DatasetVersion, models.PROTECT, null=True, related_name="run", verbose_name="公開した版"
    )
    checked_at = models.DateTimeField("検査日時", default=timezone.now)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="検査した人")

    class Meta:
        verbose_name = "検査"
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.checked_at:%Y-%m-%d}"

    @classmethod
    def check_file(cls, dataset: Dataset, content: bytes, name: str, *, by: Actor) -> "ValidationRun":
        """Check a file of a dataset (検査). Raises Unreadable. The file is read before the transaction."""
        if len(content) > LARGEST:
            raise Unreadable("20MBを超えています。表を分けてください。")
        report = read_within(LIMITS, validate, content, name, declared=dataset.set_name or None)
        return cls._store(dataset, content, report, by=by)

    @classmethod
    @transaction.atomic
    def _store(
        cls, dataset: Dataset, content: bytes, report: Report, *, by: Actor, source: "ValidationRun | None" = None,
        done: Repaired | None = None,
    ) -> "ValidationRun":  # fmt: skip
        counts: dict[str, int] = {}
        for one in report.defects:
            counts[one.rule] = counts.get(one.rule, 0) + 1
        made = cls(
            dataset=dataset, name=report.name[:200], digest=hashlib.sha256(content).hexdigest(),
            encoding=report.encoding, records=report.records, columns=report.columns, set_name=report.title or "",
            counts=counts, checked_by=user_of(by), repaired_from=source, changed_cells=done.cells if done else 0,
            dropped_rows=done.rows if done else 0,
        )  # fmt: skip
        made.file.save(f"{made.token}.csv", ContentFile(content), save=False)
        made.save()
        DataDefect.objects.bulk_create(
            DataDefect(
                run=made, position=position, rule=one.rule, record=one.record, line=one.line, column=one.column,
                header=one.header[:200], value=one.value[:500], repair=None if one.repair is None else one.repair[:500],
            )
            for position, one in enumerate(report.defects[:MOST_KEPT], 1)
        )  # fmt: skip
        record(made, "オープンデータの検査", by=by, after={"誤り": made.errors})
        return made

    def count(self, level: Level) -> int:
        """Return the number of defects of a level."""
        return sum(n for rule, n in self.counts.items() if RULES[rule].level == level)

    @property
    def errors(self) -> int:
        return self.count(Level.ERROR)

    @property
    def warned(self) -> list[str]:
        """The rules of warnings, each of which a person must have seen."""
        return [rule for rule in sorted(self.counts) if RULES[rule].level == Level.WARNING]

    @property
    def unseen(self) -> list[str]:
        """The rules of warnings that nobody has confirmed yet."""
        seen = set(self.choices.values_list("rule", flat=True))
        return [rule for rule in self.warned if rule not in seen]

    @property
    def is_repairable(self) -> bool:
        """Whether something in it can be mended without asking anybody."""
        return self.status == self.Status.CHECKED and self.defects.filter(repair__isnull=False).exists()

    def content(self) -> bytes:
        with self.file.open("rb") as kept:
            found: bytes = kept.read()
        return found

    def repair(self, *, by: Actor) -> "ValidationRun":
        """Write a repaired copy and check it anew (修正); the original stays. Raises Refused, Unreadable, Conflict."""
        if not can_transition(self, self.Status.REPAIRED):
            raise Refused(f"この検査は「{self.get_status_display()}」です。")
        done = read_within(LIMITS, repair_or_refuse, self.content())
        report = read_within(LIMITS, validate, done.content, self.name, declared=self.dataset.set_name or None)
        with transaction.atomic():
            if not transition(self, self.Status.REPAIRED):
                raise Conflict("ほかの人が先に更新しました。画面を開き直してください。")
            for rule in sorted(self.counts):
                if self.defects.filter(rule=rule, repair__isnull=False).exists():
                    RepairChoice.objects.create(run=self, rule=rule, kind=RepairChoice.Kind.REPAIR, made_by=user_of(by))
            return ValidationRun._store(self.dataset, done.content, report, by=by, source=self, done=done)

    @transaction.atomic
    def confirm(self, rule: str, *, by: Actor, reason: str = "") -> None:
        """Say that a person has looked at every warning of a rule (確認). Raises Refused."""
        if self.status != self.Status.CHECKED or rule not in self.warned:
            raise Refused("確かめる注意がありません。")
        RepairChoice.objects.get_or_create(
            run=self, rule=rule, defaults={"kind": RepairChoice.Kind.SEEN, "reason": reason, "made_by": user_of(by)}
        )
        record(self, "注意の確認", by=by, after={"規則": rule}, reason=reason)

    @transaction.atomic
    def approve(self, *, by: Actor) -> None:
        """Approve the file (承認). Raises NotYet while an error is left, or a warning that nobody has seen."""
        if self.errors:
            raise NotYet(f"誤りが{self.errors}か所あります。直してから、もう一度検査してください。")
        if self.unseen:
            told = "、".join(RULES[rule].finds for rule in self.unseen)
            raise NotYet(f"確かめていない注意があります: {told}")
        self._move(self.Status.APPROVED, "オープンデータの承認", by=by)

    @transaction.atomic
    def publish(self, *, by: Actor, note: str = "") -> DatasetVersion:
        """Publish the approved file as the next version (公開). Raises Refused."""
        if self.status != self.Status.APPROVED:
            raise Refused(f"この検査は「{self.get_status_display()}」です。承認してから公開します。")
        size = {"records": self.records, "columns": self.columns}
        made = self.dataset.publish(self.content(), by=by, note=note, **size)
        self._move(self.Status.PUBLISHED, "オープンデータの公開", by=by, version=made)
        return made

    def _move(self, to: "ValidationRun.Status", act: str, *, by: Actor, **more: Any) -> None:
        if not can_transition(self, to):
            raise Refused(f"この検査は「{self.get_status_display()}」です。")
        if not transition(self, to, **more):
            raise Conflict("ほかの人が先に更新しました。画面を開き直してください。")
        record(self, act, by=by, after={"状態": to})


class DataDefect(models.Model):
    """データの不備: rule and place of one defect of a file, with the value and its repair."""

    run = models.ForeignKey(ValidationRun, models.CASCADE, related_name="defects", verbose_name="検査")
    position = models.PositiveIntegerField("順")
    rule = models.CharField("規則", max_length=4)
    record = models.PositiveIntegerField("行")
    line = models.PositiveIntegerField("物理行")
    column = models.PositiveIntegerField("列")
    header = models.CharField("見出し", max_length=200, blank=True)
    value = models.CharField("値", max_length=500, blank=True)
    repair = models.CharField("直した値", max_length=500, null=True, blank=True)  # an empty text is a repair

    class Meta:
        verbose_name = "データの不備"
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="insights_one_defect_per_position"),
            models.UniqueConstraint(
                fields=["run", "rule", "record", "line", "column"], name="insights_one_defect_per_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.record}行目 {self.column}列目"


class RepairChoice(models.Model):
    """修正の選択: what a person decided of all defects of one rule in a file: to mend them, or that they are right."""

    class Kind(models.TextChoices):
        REPAIR = "repair", "直す"
        SEEN = "seen", "確かめた"

    run = models.ForeignKey(ValidationRun, models.CASCADE, related_name="choices", verbose_name="検査")
    rule = models.CharField("規則", max_length=4)
    kind = models.CharField("選択", max_length=10, choices=Kind)
    reason = models.CharField("理由", max_length=200, blank=True)
    made_at = models.DateTimeField("日時", default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="選んだ人")

    class Meta:
        verbose_name = "修正の選択"
        ordering = ["run", "rule"]
        constraints = [models.UniqueConstraint(fields=["run", "rule"], name="insights_one_choice_per_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.get_kind_display()}"
