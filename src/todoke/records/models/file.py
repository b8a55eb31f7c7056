"""Record files 公文書ファイル: filed matters with their documents, retention holds and extensions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, stamp_once, transition
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.records.models.classification import Classification, Period, StartRule
from todoke.records.models.file_indexes import DISPOSED_OR_TRANSFERRED, INDEXES
from todoke.records.permissions import KEEP_FILES, SEE_FILES, SHORTEN_PERMANENT
from todoke.records.retention import PERMANENT, retention_term
from todoke.runtime.database.unindexed import unindexed
from todoke.runtime.refusals import NotAllowed, Refused

ERASED = "(廃棄済み)"


@dataclass(frozen=True)
class FiledDocument:
    """綴る文書: one document to be filed, as text, with the SHA-256 of its source."""

    name: str
    text: str
    sha256: str = ""


class RecordFileQuerySet(models.QuerySet["RecordFile"]):
    def kept(self) -> "RecordFileQuerySet":
        """Files neither disposed of nor transferred."""
        return self.filter(status__in=[RecordFile.Status.KEPT, RecordFile.Status.NOMINATED])

    def disposed_or_transferred(self) -> "RecordFileQuerySet":
        """Files disposed of or transferred."""
        return self.filter(DISPOSED_OR_TRANSFERRED)

    def expired(self, on: date | None = None) -> "RecordFileQuerySet":
        """Files whose last day of retention has passed."""
        return self.filter(expires_on__lt=on or today())

    def disposable(self, on: date | None = None) -> "RecordFileQuerySet":
        """Expired files without a hold that are not on another disposal list."""
        held = RetentionHold.objects.filter(file=models.OuterRef("pk"), lifted_at__isnull=True)
        return self.expired(on).filter(~models.Exists(held), status=RecordFile.Status.KEPT)

    def visible_to(self, user: User) -> "RecordFileQuerySet":
        """Files of a person's own sections; all for the auditor."""
        return self if SEE_FILES.held_by(user) else self.filter(department__in=SEE_FILES.departments_of(user))

    def listed_for(self, user: User) -> "RecordFileQuerySet":
        """The same for a list in order: of several sections the index of all is walked.

        The expression keeps SQLite from choosing an index by section, whose files it would have to sort.
        """
        if SEE_FILES.held_by(user):
            return self
        sections = [section.pk for section in SEE_FILES.departments_of(user)]
        if len(sections) <= 1:
            return self.filter(department__in=sections)
        return self.alias(of_section=unindexed("department_id")).filter(of_section__in=sections)


class RecordFile(models.Model):
    """公文書ファイル: the documents of one closed matter and their retention period."""

    class Status(models.TextChoices):
        KEPT = "kept", "保存中"
        NOMINATED = "nominated", "廃棄・移管の協議中"
        DISPOSED = "disposed", "廃棄済み"
        TRANSFERRED = "transferred", "移管済み"

    NEXT: ClassVar[Transitions] = {
        Status.KEPT: frozenset({Status.NOMINATED}),
        Status.NOMINATED: frozenset({Status.KEPT, Status.DISPOSED, Status.TRANSFERRED}),
        Status.DISPOSED: frozenset(),
        Status.TRANSFERRED: frozenset(),
    }

    number = models.CharField("番号", max_length=20, unique=True, help_text="もとの案件や起案の番号")
    title = models.CharField("件名", max_length=200)
    kind = models.CharField("種類", max_length=100)
    outcome = models.CharField("結果", max_length=20)
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="files", verbose_name="文書分類")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="主管課")
    closed_on = models.DateField("完結日")
    years = models.PositiveSmallIntegerField("保存期間", choices=Period.choices)
    start_rule = models.CharField("起算", max_length=10, choices=StartRule.choices)
    starts_on = models.DateField("起算日")
    expires_on = models.DateField("満了日", null=True)
    status = models.CharField("状態", max_length=12, choices=Status.choices, default=Status.KEPT)
    filed_at = models.DateTimeField("編てつ日時", auto_now_add=True)
    disposed_at = models.DateTimeField("廃棄・移管日時", null=True)

    objects = RecordFileQuerySet.as_manager()

    class Meta:
        verbose_name = "公文書ファイル"
        ordering = ["-closed_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(years=PERMANENT, expires_on__isnull=True)
                | (~Q(years=PERMANENT) & Q(expires_on__isnull=False)),
                name="records_only_permanent_files_never_expire",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kept", "nominated"], disposed_at__isnull=True)
                | Q(status__in=["disposed", "transferred"], disposed_at__isnull=False),
                name="records_disposed_files_have_a_date",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.number

    @classmethod
    @transaction.atomic
    def file_matter(
        cls, *, number: str, title: str, kind: str, outcome: str, classification: Classification,
        department: Department, closed_on: date, documents: Iterable[FiledDocument], by: Actor,
    ) -> "RecordFile":  # fmt: skip
        """Return the file of a closed matter (編てつ), created once per number with the period of its class."""
        term = retention_term(closed_on, classification.start_rule, classification.years)
        made, new = cls.objects.get_or_create(
            number=number,
            defaults={
                "title": title, "kind": kind, "outcome": outcome, "classification": classification,
                "department": department, "closed_on": closed_on, "years": classification.years,
                "start_rule": classification.start_rule, "starts_on": term.start, "expires_on": term.end,
            },
        )  # fmt: skip
        if new:
            for order, document in enumerate(documents, 1):
                made.documents.create(order=order, name=document.name, text=document.text, sha256=document.sha256)
            record(made, "編てつ", by=by, after={"分類": classification.code, "満了日": term.end})
        return made

    @property
    def status_in_words(self) -> str:
        """The status, 満了 where the retention period is over and nothing has been decided."""
        is_over = self.status == self.Status.KEPT and self.expires_on is not None and self.expires_on < today()
        return "満了(廃棄・移管の前)" if is_over else self.get_status_display()

    @property
    def is_held(self) -> bool:
        """Whether a hold keeps the file from disposal."""
        return self.holds.filter(lifted_at__isnull=True).exists()

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take a copy away now.

        Raises NotAllowed where it is another department's, Refused where its content was disposed of or transferred.
        """
        user = user_of(by)
        if user is None or not RecordFile.objects.visible_to(user).filter(pk=self.pk).exists():
            raise NotAllowed("ほかの部署の公文書です。写しは、主管課で作れます。")
        if not RecordFile.objects.kept().filter(pk=self.pk).exists():
            raise Refused("廃棄または移管した公文書です。内容が残っていないため、写しは作れません。")

    def can_keep(self, user: User) -> bool:
        """Whether a person may hold, extend, withhold and dispose of it: whoever only audits it may read it."""
        return KEEP_FILES.held_by(user, self.department)

    def require_keeping(self, *, by: Actor) -> None:
        """Raises NotAllowed to staff outside its department."""
        user = user_of(by)
        if user is not None and not self.can_keep(user):
            raise NotAllowed(f"{self.number} の保存と廃棄を決められるのは、主管課の職員です。何も変わっていません。")

    def transition(self, to: "RecordFile.Status", **changes: Any) -> None:
        """Change the status. Raises Refused when it is not allowed or the row has changed since it was read."""
        if not transition(self, to, **changes):
            raise Refused(f"{self.number} は「{self.get_status_display()}」のため、「{to.label}」にできません。")

    @transaction.atomic
    def place_hold(self, *, reason: str, by: Actor) -> "RetentionHold":
        """Place a hold against disposal (廃棄停止), for a lawsuit or an audit.

        Raises NotAllowed to other departments, Refused without a reason.
        """
        self.require_keeping(by=by)
        if self.status not in {self.Status.KEPT, self.Status.NOMINATED} or not reason.strip():
            raise Refused("保存中のファイルを、理由を書いて停止してください。")
        placed = self.holds.create(reason=reason, placed_by=user_of(by))
        record(self, "廃棄停止", by=by)
        return placed

    @transaction.atomic
    def extend(self, years: int, *, reason: str, by: Actor) -> None:
        """Extend the period (保存期間の延長) by years.

        Raises NotAllowed to other departments, Refused for a permanent file or without a reason.
        """
        self.require_keeping(by=by)
        if self.years == PERMANENT or years < 1 or not reason.strip():
            raise Refused("有期のファイルを、1年以上、理由を書いて延長してください。")
        self.extensions.create(years=years, reason=reason, extended_by=user_of(by))
        total = self.extensions.aggregate(years=Sum("years"))["years"]
        self._keep_until(
            retention_term(self.closed_on, self.start_rule, self.years, total).end, "保存期間の延長", by=by
        )

    @transaction.atomic
    def shorten_permanent(self, years: int, *, by: User) -> None:
        """Change permanent retention to 30 years (永年の見直し). Raises NotAllowed below director, or Refused."""
        if not SHORTEN_PERMANENT.held_by(by):
            raise NotAllowed("永年保存を見直せるのは、部長以上です。")
        if self.years != PERMANENT or years != Period.THIRTY:
            raise Refused("永年保存のファイルだけを、30年保存に改められます。")
        self._keep_until(retention_term(self.closed_on, self.start_rule, years).end, "永年の見直し", by=by, years=years)

    def _keep_until(self, end: date | None, act: str, *, by: Actor, **changes: int) -> None:
        before = self.expires_on
        if not compare_and_set(self, {"status": self.Status.KEPT}, expires_on=end, **changes):
            raise Refused("保存中のファイルだけ、保存期間を改められます。")
        record(self, act, by=by, before={"満了日": before}, after={"満了日": end})

    @transaction.atomic
    def erase_content(self, to: "RecordFile.Status", *, by: Actor) -> None:
        """Delete documents, title and reasons; kind, outcome, department and dates stay. Raises as ``transition``."""
        self.transition(to, disposed_at=timezone.now(), title=ERASED)
        self.documents.all().delete()
        self.holds.update(reason=ERASED)
        self.extensions.update(reason=ERASED)
        record(self, self.Status(to).label, by=by)


class Document(models.Model):
    """綴った文書: one document of a file, as text."""

    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="documents", verbose_name="公文書ファイル")
    order = models.PositiveSmallIntegerField("順序")
    name = models.CharField("名称", max_length=200)
    text = models.TextField("本文")
    sha256 = models.CharField("もとの照合値", max_length=64, blank=True)
    withheld_for = models.CharField("全部不開示の理由", max_length=12, blank=True)

    class Meta:
        verbose_name = "綴った文書"
        ordering = ["file", "order"]
        constraints = [
            models.UniqueConstraint(fields=["file", "order"], name="records_one_document_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.file} 文書{self.order}"


class RetentionHold(models.Model):
    """廃棄停止: keeps a file from disposal until it is lifted."""

    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="holds", verbose_name="公文書ファイル")
    reason = models.CharField("理由", max_length=200)
    placed_at = models.DateTimeField("停止日時", auto_now_add=True)
    placed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="停止した人")
    lifted_at = models.DateTimeField("解除日時", null=True)

    class Meta:
        verbose_name = "廃棄停止"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file} 廃棄停止"

    @transaction.atomic
    def lift(self, *, by: Actor) -> None:
        """Lift the hold (解除). Raises NotAllowed to other departments, Refused when it was lifted before."""
        self.file.require_keeping(by=by)
        if not stamp_once(self, "lifted_at"):
            raise Refused("この廃棄停止は、すでに解除されています。")
        record(self.file, "廃棄停止の解除", by=by)


class Extension(models.Model):
    """保存期間の延長: a number of years added to the period, with the reason."""

    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="extensions", verbose_name="公文書ファイル")
    years = models.PositiveSmallIntegerField("年数")
    reason = models.CharField("理由", max_length=200)
    extended_at = models.DateTimeField("延長日時", auto_now_add=True)
    extended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="延長した人")

    class Meta:
        verbose_name = "保存期間の延長"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file} {self.years}年延長"
