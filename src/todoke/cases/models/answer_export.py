"""Answer exports 回答の書出し: files of many answers, who may take them, until when, and of which cases they tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.cases.models.case import Case
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.stop_flag import flagged_cases
from todoke.cases.models.tokens import new_token
from todoke.formbuilder.models import FormDraft
from todoke.japanese.calendar import business_date, fiscal_year
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet

KEPT = timedelta(hours=24)
BETWEEN = "\t"
"""Stands between a heading of a person's own sheet and what it holds; no heading of a sheet has it."""
BLOCK, NAMED = 500, 5
"""Cases that are read at once, and those that a refusal names."""


class AnswerLayout(models.Model):
    """回答の表の列: the columns of a form's table that a person chose last."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="利用者")
    form = models.ForeignKey(FormDraft, models.CASCADE, related_name="+", verbose_name="様式")
    columns = models.JSONField("列", default=list)

    class Meta:
        verbose_name = "回答の表の列"
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="cases_one_answer_layout_a_person")]

    def __str__(self) -> str:
        return f"{self.form} {self.user}"

    @classmethod
    def keep(cls, form: FormDraft, columns: Sequence[str], *, by: User) -> None:
        """Remember the columns that a person chose for a form, and those of their own sheet, each beside the other."""
        found = cls.objects.filter(form=form, user=by).values_list("columns", flat=True).first() or []
        own = [each for each in columns if BETWEEN in each] or [each for each in found if BETWEEN in each]
        ours = [each for each in columns if BETWEEN not in each] or [each for each in found if BETWEEN not in each]
        cls.objects.update_or_create(user=by, form=form, defaults={"columns": [*ours, *own]})

    @classmethod
    def of(cls, form: FormDraft, user: User) -> list[str]:
        """Return the columns that a person chose last; none where they never did."""
        found = cls.objects.filter(form=form, user=user).values_list("columns", flat=True).first()
        return [each for each in found or [] if BETWEEN not in each]

    @classmethod
    def own_of(cls, form: FormDraft, user: User) -> dict[str, str]:
        """Return the headings of a person's own sheet with what each held last; none where they never said them."""
        found = cls.objects.filter(form=form, user=user).values_list("columns", flat=True).first()
        return dict(each.split(BETWEEN, 1) for each in found or [] if BETWEEN in each)


class AnswerExportQuerySet(models.QuerySet["AnswerExport"]):
    def visible_to(self, user: User) -> AnswerExportQuerySet:
        """A person's own exports of cases, and of departments counted, that are all still theirs."""
        mine, this = departments_worked_in(user).values("pk"), models.OuterRef("pk")
        told = AnswerExportRow.objects.exclude(case__department__in=mine).filter(export=this)
        counted = AnswerExport.counted_in.through.objects.exclude(department__in=mine).filter(answerexport=this)
        return self.filter(~models.Exists(told), ~models.Exists(counted), requested_by=user)

    def expired(self) -> AnswerExportQuerySet:
        """Exports whose file is still there after its time."""
        return self.filter(expires_at__lte=timezone.now()).exclude(path="")


class AnswerExport(models.Model):
    """回答の書出し: answers, papers or numbers of cases as one file, under a number, for one person and one day."""

    class Contents(models.TextChoices):
        TABLE = "table", "回答の表"
        PAPERS = "papers", "添付書類"
        COUNTS = "counts", "選択肢ごとの件数"

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        JSON = "json", "JSON"
        ZIP = "zip", "ZIP"

    class Encoding(models.TextChoices):
        UTF8 = "utf-8", "UTF-8"
        CP932 = "cp932", "Shift_JIS(CP932)"

    class Repeats(models.TextChoices):
        JOINED = "joined", "一つのセルにまとめる"
        SHEETS = "sheets", "別の表に一行ずつ"

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    form = models.ForeignKey(FormDraft, models.PROTECT, related_name="+", verbose_name="様式")
    contents = models.CharField("中身", max_length=10, choices=Contents.choices, default=Contents.TABLE)
    file_format = models.CharField("形式", max_length=10, choices=Format.choices)
    encoding = models.CharField("文字コード", max_length=10, choices=Encoding.choices, default=Encoding.UTF8)
    repeats = models.CharField("繰り返しの書き方", max_length=10, choices=Repeats.choices, default=Repeats.JOINED)
    columns = models.JSONField("列", default=list)
    conditions = models.TextField("条件")
    query = models.TextField("数える条件", blank=True, default="", db_default="")
    """The conditions of a count as an address; it may hold a name and is emptied when the count ends."""
    counted_in = models.ManyToManyField(Department, related_name="+", blank=True, verbose_name="数えた部署")
    """The departments over whose cases a count went; none for other contents, whose cases have rows."""
    lines = models.PositiveIntegerField("ファイルの行数", null=True)
    """The lines of a count or the papers of an archive; None for a table of cases, and until the file is made."""
    only_new = models.BooleanField("前回のあとの分だけ", default=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="求めた人")
    requested_at = models.DateTimeField("求めた日時", default=timezone.now)
    total = models.PositiveIntegerField("案件の数")
    done = models.PositiveIntegerField("できた数", default=0)
    made_at = models.DateTimeField("できた日時", null=True)
    path = models.CharField("ファイル", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大きさ", default=0)
    sha256 = models.CharField("照合値", max_length=64, blank=True)
    problem = models.TextField("作れない理由", blank=True)
    expires_at = models.DateTimeField("期限")
    taken_at = models.DateTimeField("はじめて取り出した日時", null=True)

    objects = AnswerExportQuerySet.as_manager()

    class Meta:
        verbose_name = "回答の書出し"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(made_at__isnull=False), name="cases_a_taken_export_was_made"
            ),
            models.CheckConstraint(
                condition=Q(query="") | Q(made_at__isnull=True, problem=""), name="cases_an_ended_count_keeps_no_query"
            ),
        ]
        indexes = [models.Index(fields=["requested_by", "form", "-requested_at"], name="cases_export_by_person")]

    def __str__(self) -> str:
        return f"書出し {self.number}"

    @property
    def number(self) -> str:
        """The number in the name of the file, in the trail, and inside a workbook and JSON: 2026-00012."""
        return f"{fiscal_year(business_date(self.requested_at))}-{self.pk:05d}"

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        return f"{self.form.title}_{self.get_contents_display()}_{self.number}.{self.suffix}"

    @property
    def suffix(self) -> str:
        """The ending of the file: several CSV tables come as a ZIP."""
        several = self.file_format == self.Format.CSV and self.repeats == self.Repeats.SHEETS
        return "zip" if several or self.contents == self.Contents.PAPERS else self.file_format

    @property
    def is_busy(self) -> bool:
        """Whether it is still being made."""
        return self.made_at is None and not self.problem

    @property
    def persons(self) -> int | None:
        """Of how many people it tells, up to one for each case; None for counts, which tell of nobody."""
        return None if self.contents == self.Contents.COUNTS else self.total

    def flagged_since(self) -> list[Case]:
        """Return its cases that name a person flagged after it was made, whose answers it therefore holds."""
        flagged = flagged_cases(self.rows.filter(withheld=False).cases())
        return list(Case.objects.filter(pk__in=flagged).order_by("pk"))

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take it now.

        Raises NotAllowed unless it is theirs and all it tells of or counted is of their departments, Conflict while it
        is unmade or where a case of it was disposed of, Closed after its time, NotYet where a person was flagged since.
        """
        user = user_of(by)
        if user is None or not AnswerExport.objects.visible_to(user).filter(pk=self.pk).exists():
            raise NotAllowed("このファイルを取り出せるのは、書き出した本人が、いまも担当している案件だけのときです。")
        if self.made_at is None:
            raise Conflict("まだできあがっていません。できあがってから取り出してください。")
        if self.expires_at <= timezone.now():
            raise Closed("取り出せる期限が過ぎました。回答の表から、もう一度書き出してください。")
        if not self.path:
            raise Conflict("保存期間が終わって廃棄された案件が入っていたため、このファイルは消しました。")
        if flagged := self.flagged_since():
            numbers = "、".join(case.number for case in flagged[:NAMED])
            raise NotYet(
                f"書き出したあとに、支援措置が登録された人の案件があります({numbers})。このファイルは取り出せません。"
                "回答の表から、もう一度書き出してください。その人の回答は、入りません。"
            )


class AnswerExportRowQuerySet(models.QuerySet["AnswerExportRow"]):
    def cases(self) -> Iterator[Case]:
        """Yield the cases of one export's rows in their order, with number and applicant alone; never all are held."""
        named = ("position", "case__number", "case__applicant_name", "case__submission_id")
        rows, last = self.select_related("case").only(*named).order_by("position"), 0
        while block := list(rows.filter(position__gt=last)[:BLOCK]):
            yield from (row.case for row in block)
            last = block[-1].position


class AnswerExportRow(models.Model):
    """書き出した案件: which case an export tells of, in its order; ``withheld`` where its answers were left out."""

    export = models.ForeignKey(AnswerExport, models.CASCADE, related_name="rows", verbose_name="回答の書出し")
    case = models.ForeignKey(Case, models.CASCADE, related_name="answer_exports", verbose_name="案件")
    position = models.PositiveIntegerField("順")
    is_new = models.BooleanField("はじめて書き出す", default=True)
    withheld = models.BooleanField("支援措置のため伏せた", default=False)

    objects = AnswerExportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "書き出した案件"
        ordering = ["export", "position"]
        constraints = [models.UniqueConstraint(fields=["export", "case"], name="cases_one_row_of_an_export_a_case")]

    def __str__(self) -> str:
        return f"{self.export} {self.case}"
