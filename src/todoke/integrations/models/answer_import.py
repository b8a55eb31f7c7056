"""Answer imports 回答の取込: tables of answers from elsewhere, where their columns go, and what became of each row."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.transitions import Transitions
from todoke.cases.models import Case
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.status import Channel
from todoke.offers.models import Offer


def new_token() -> str:
    """Return a random token of 128 bits."""
    return secrets.token_urlsafe(16)


class ColumnMapping(models.Model):
    """取込様式: where the columns of one kind of table go in the form of an offer; remembered for the next table."""

    class Source(models.TextChoices):
        TABLE = "table", "表のファイル"
        NATIONAL = "national", "ぴったりサービス"

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="column_mappings", verbose_name="公開する手続")
    source = models.CharField("取込元", max_length=10, choices=Source.choices)
    code = models.CharField("見出しの照合値か手続のコード", max_length=64)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    decided_at = models.DateTimeField("決めた日時", null=True)

    class Meta:
        verbose_name = "取込様式"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "source", "code"], name="integrations_one_mapping_of_a_table")
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.get_source_display()}"

    def taken(self) -> dict[str, str]:
        """Return the target of each column that is taken, by heading."""
        return dict(self.columns.exclude(target="").values_list("heading", "target"))

    def not_taken(self) -> list[str]:
        """Return the headings of the columns that are not taken."""
        return list(self.columns.filter(target="").values_list("heading", flat=True))


class MappedColumn(models.Model):
    """取込の列: one heading of a table and the input of the form that it goes to; "" for a column that is not taken."""

    mapping = models.ForeignKey(ColumnMapping, models.CASCADE, related_name="columns", verbose_name="取込様式")
    position = models.PositiveSmallIntegerField("順")
    heading = models.CharField("見出し", max_length=200)
    target = models.CharField("行き先", max_length=100, blank=True)

    class Meta:
        verbose_name = "取込の列"
        ordering = ["mapping", "position"]
        constraints = [
            models.UniqueConstraint(fields=["mapping", "heading"], name="integrations_one_column_of_a_heading"),
            models.UniqueConstraint(
                fields=["mapping", "target"], condition=~Q(target=""), name="integrations_one_column_to_an_input"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class AnswerImportQuerySet(models.QuerySet["AnswerImport"]):
    def visible_to(self, user: User) -> AnswerImportQuerySet:
        """Imports into offers of the departments that a person works in today."""
        return self.filter(mapping__offer__department__in=departments_worked_in(user).values("pk"))


class AnswerImport(models.Model):
    """回答の取込: a table of answers, whose columns are mapped and rows tried before anything is written."""

    class Status(models.TextChoices):
        MAPPING = "mapping", "列を決める"
        CHECKING = "checking", "試しています"
        CHECKED = "checked", "試し終わり"
        WRITING = "writing", "取り込んでいます"
        DONE = "done", "完了"
        CANCELLED = "cancelled", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.MAPPING: frozenset({Status.CHECKING, Status.CANCELLED}),
        Status.CHECKING: frozenset({Status.CHECKED, Status.CANCELLED}),
        Status.CHECKED: frozenset({Status.CHECKING, Status.WRITING, Status.CANCELLED}),
        Status.WRITING: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
        Status.CANCELLED: frozenset(),
    }
    CHANNELS: ClassVar = [choice for choice in Channel.choices if choice[0] != Channel.WEB]

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, related_name="imports", verbose_name="取込様式")
    path = models.CharField("ファイル", max_length=200, blank=True)
    file_name = models.CharField("ファイル名", max_length=200)
    encoding = models.CharField("文字コード", max_length=20)
    channel = models.CharField("受付経路", max_length=10, choices=CHANNELS, default=Channel.PARTNER)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.MAPPING)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="始めた人")
    begun_at = models.DateTimeField("始めた日時", default=timezone.now)
    ended_at = models.DateTimeField("終わった日時", null=True)
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("済んだ行数", default=0)
    fitting = models.PositiveIntegerField("取り込める行数", default=0)
    known = models.PositiveIntegerField("もう取り込んである行数", default=0)
    left_out = models.TextField("表から除いたもの", blank=True)

    objects = AnswerImportQuerySet.as_manager()

    class Meta:
        verbose_name = "回答の取込"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def encoding_label(self) -> str:
        """The encoding as offices call it."""
        names = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "XLSX": "Excel"}
        return names.get(self.encoding, self.encoding.upper().removesuffix("-SIG"))

    @property
    def is_busy(self) -> bool:
        return self.status in {self.Status.CHECKING, self.Status.WRITING}

    @property
    def unfit(self) -> int:
        """How many rows cannot be taken as they are."""
        return self.total - self.fitting - self.known


class AnswerImportDefect(models.Model):
    """回答の取込の不備: why a row of a table cannot be taken; without what the cell says."""

    batch = models.ForeignKey(AnswerImport, models.CASCADE, related_name="defects", verbose_name="回答の取込")
    line = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=200, blank=True)
    problem = models.CharField("理由", max_length=500)

    class Meta:
        verbose_name = "回答の取込の不備"
        ordering = ["batch", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}行目 {self.problem}"


class ImportedApplication(models.Model):
    """取り込んだ申請: a row of a table, or a number of the national portal, and the one case that it became."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+", verbose_name="公開する手続")
    key = models.CharField("もとの番号か内容の照合値", max_length=100)
    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="imported_from", verbose_name="案件")
    batch = models.ForeignKey(
        AnswerImport, models.PROTECT, null=True, related_name="applications", verbose_name="回答の取込"
    )
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "取り込んだ申請"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "key"], name="integrations_one_case_of_a_row")]

    def __str__(self) -> str:
        return self.key
