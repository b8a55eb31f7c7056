"""Classifications 文書分類: versions of the table that sets retention periods, and the draft of the next one."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.japanese.calendar import today
from todoke.records import retention
from todoke.records.classification_table import INITIAL, ClassificationLine, from_document, table_problems, to_document
from todoke.records.permissions import EDIT_CLASSIFICATION
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Refused

BEGINNING = date(1900, 1, 1)


class Period(models.IntegerChoices):
    """保存期間: the retention period in years; 0 is permanent."""

    ONE = 1, "1年"
    THREE = 3, "3年"
    FIVE = 5, "5年"
    TEN = 10, "10年"
    THIRTY = 30, "30年"
    PERMANENT = retention.PERMANENT, "永年"


class StartRule(models.TextChoices):
    """起算: the rule for the first day of retention."""

    CALENDAR = retention.CALENDAR, "暦年(翌年1月1日から)"
    FISCAL = retention.FISCAL, "会計年度(翌年度4月1日から)"
    NEXT_DAY = retention.NEXT_DAY, "完結した日の翌日から"


class Published(ImmutableModel):
    """公開した文書分類表: a published table and its lines are immutable."""

    FROZEN, INSTEAD = "公開した文書分類表", "新しい版を公開してください。"

    class Meta:
        abstract = True


class ClassificationTable(Published):
    """文書分類表の版: an immutable table, in force from a day until the next version begins."""

    number = models.PositiveIntegerField("版", unique=True)
    starts_on = models.DateField("適用開始日", unique=True)
    basis = models.CharField("根拠規程", max_length=200)
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "文書分類表の版"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"文書分類表 第{self.number}版"

    @classmethod
    def on(cls, day: date) -> "ClassificationTable":
        """Return the table in force on a business date, by default the initial one."""
        found = cls.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
        return found or cls.first()

    @classmethod
    @transaction.atomic
    def first(cls) -> "ClassificationTable":
        """Return version 1 (初期設定), created when missing."""
        facts = {"starts_on": BEGINNING, "basis": "文書管理規程(初期設定)"}
        made, new = cls.objects.get_or_create(number=1, defaults=facts)
        if new:
            made.fill(INITIAL)
        return made

    @classmethod
    @transaction.atomic
    def publish(
        cls, lines: list[ClassificationLine], *, starts_on: date, basis: str, by: Actor
    ) -> "ClassificationTable":
        """Publish a table that is in force from a day on (文書分類表の公開). Raises ValidationError."""
        if problems := table_problems(lines):
            raise ValidationError(problems)
        cls.first()
        made = cls(number=cls.objects.count() + 1, starts_on=starts_on, basis=basis)
        made.full_clean()
        made.save()
        made.fill(lines)
        record(made, "文書分類表の公開", by=by, after={"版": made.number, "適用開始日": starts_on, "根拠": basis})
        return made

    def fill(self, lines: "list[ClassificationLine] | tuple[ClassificationLine, ...]") -> None:
        """Insert the lines of a new version, each after its parent."""
        made: dict[str, Classification] = {}
        left = sorted(lines, key=lambda line: line.code)
        while left:
            line = next(line for line in left if not line.parent or line.parent in made)
            left.remove(line)
            made[line.code] = Classification.objects.create(
                table=self, code=line.code, name=line.name, parent=made.get(line.parent), years=line.years,
                start_rule=line.start_rule, matter=line.matter, basis=line.basis,
            )  # fmt: skip

    def as_lines(self) -> list[ClassificationLine]:
        """Return the table as plain data."""
        return [line.as_line() for line in self.lines.select_related("parent")]

    def line_for(self, code: str, matter: str = "") -> "Classification":
        """Return the line for a kind of matter, else the line of a code. Raises Classification.DoesNotExist."""
        own = self.lines.filter(matter=matter).first() if matter else None
        return own or self.lines.get(code=code)


class Classification(Published):
    """文書分類: a line of the table, with its retention period and the rule for its start."""

    table = models.ForeignKey(ClassificationTable, models.PROTECT, related_name="lines", verbose_name="文書分類表の版")
    code = models.CharField("分類記号", max_length=20)
    name = models.CharField("名称", max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上位の分類"
    )
    years = models.PositiveSmallIntegerField("保存期間", choices=Period.choices)
    start_rule = models.CharField("起算", max_length=10, choices=StartRule.choices, default=StartRule.FISCAL)
    matter = models.CharField("綴る件名の種類", max_length=40, blank=True)
    basis = models.CharField("根拠", max_length=200, blank=True)

    class Meta:
        verbose_name = "文書分類"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(years__in=Period.values), name="records_period_is_known"),
            models.UniqueConstraint(fields=["table", "code"], name="records_one_line_per_code"),
            models.UniqueConstraint(
                fields=["table", "matter"], name="records_one_line_per_matter", condition=~Q(matter="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def as_line(self) -> ClassificationLine:
        """Return the line as plain data."""
        above = self.parent.code if self.parent else ""
        return ClassificationLine(self.code, self.name, self.years, self.start_rule, above, self.matter, self.basis)


def _require_editor(by: User) -> None:
    if not EDIT_CLASSIFICATION.held_by(by):
        raise NotAllowed("文書分類表を書けるのは、推進本部事務局と文書法規担当だけです。")


class ClassificationDraft(models.Model):
    """文書分類表の案: the next version of the table while it is edited; at most one."""

    only = models.PositiveSmallIntegerField("一つだけ", default=1, unique=True, editable=False)
    document = models.JSONField("定め")
    revision = models.PositiveIntegerField("書いた回数", default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="最後に書いた人")
    written_at = models.DateTimeField("最後に書いた日時", auto_now=True)

    class Meta:
        verbose_name = "文書分類表の案"

    def __str__(self) -> str:
        return "文書分類表の案"

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: User) -> "ClassificationDraft":
        """Create the draft of the next version as a copy of the newest one (案の作成).

        Raises NotAllowed for anybody but the editors of rules, Refused when there is a draft already.
        """
        _require_editor(by)
        ClassificationTable.first()
        newest = ClassificationTable.objects.latest("starts_on")
        facts = {"document": to_document(newest.as_lines()), "written_by": by}
        made, new = cls.objects.get_or_create(only=1, defaults=facts)
        if not new:
            said = "書きかけの案があります。それを続けるか、取りやめてください。"
            raise Refused(said, link=path_to("office:classification-draft"))
        record("文書分類表", "文書分類表の案の作成", by=by)
        return made

    @property
    def lines(self) -> list[ClassificationLine]:
        """The draft as plain data."""
        return from_document(self.document)

    def _write(self, lines: list[ClassificationLine], act: str, *, code: str, seen: int, by: User) -> None:
        """Save the lines if the draft is still at revision ``seen``. Raises as ``put`` does."""
        _require_editor(by)
        changes = {"document": to_document(lines), "revision": seen + 1, "written_by": by}
        if not compare_and_set(self, {"revision": seen}, **changes):
            raise Refused("ほかの人が先に案を書き換えました。画面を開き直して、もう一度書いてください。")
        record("文書分類表", act, by=by, after={"分類記号": code})
        self.refresh_from_db()

    @transaction.atomic
    def put(self, line: ClassificationLine, *, instead_of: str, seen: int, by: User) -> None:
        """Add a line, or replace the line with the code ``instead_of`` (文書分類の記入).

        Raises NotAllowed for anybody but the editors of rules, Refused for a code in use or a changed draft.
        """
        others = [each for each in self.lines if each.code != instead_of]
        if any(each.code == line.code for each in others):
            raise Refused(f"分類記号 {line.code} は、すでに案にあります。")
        self._write([*others, line], "文書分類の記入", code=line.code, seen=seen, by=by)

    @transaction.atomic
    def remove(self, code: str, *, seen: int, by: User) -> None:
        """Remove a line from the draft (文書分類の削除); files filed under it are unchanged. Raises as ``put`` does."""
        self._write([each for each in self.lines if each.code != code], "文書分類の削除", code=code, seen=seen, by=by)

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """Give the draft up (案の取りやめ); the table in force stays."""
        _require_editor(by)
        record("文書分類表", "文書分類表の案の取りやめ", by=by)
        self.delete()

    @transaction.atomic
    def publish(self, *, starts_on: date, basis: str, seen: int, by: User) -> ClassificationTable:
        """Publish the draft at revision ``seen`` as the table in force from a day (文書分類表の公開).

        Files keep the period they were filed with. Raises NotAllowed for the person who wrote last (four-eyes
        principle), Refused when the day is not in the future or not after the last version, or the draft has changed.
        """
        _require_editor(by)
        if self.written_by_id == by.pk:
            raise NotAllowed("公開は、案を最後に書いた人とは別の人が、内容を確かめて行います。")
        if starts_on <= today():
            raise Refused(f"適用開始日は、あす({today() + timedelta(days=1)})以降の日にしてください。")
        if ClassificationTable.objects.filter(starts_on__gte=starts_on).exists():
            raise Refused("この日以降に始まる版が、すでに公開されています。それより後の日にしてください。")
        lines = self.lines
        if not ClassificationDraft.objects.filter(pk=self.pk, revision=seen).delete()[0]:
            raise Refused("確かめた後に案が書き換えられました。もう一度確かめてから公開してください。")
        return ClassificationTable.publish(lines, starts_on=starts_on, basis=basis, by=by)
