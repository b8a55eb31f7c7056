"""Rows of an import 取込の行: what a file would add, what is like the inventory, what it changed, how it is read."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures.models.imports import ImportRun
from todoke.procedures.models.procedure import Procedure


class ImportRow(models.Model):
    """取込の行: a row that would become a new procedure; where one of the inventory is like it, a person decides."""

    class Choice(models.TextChoices):
        NEW = "new", "別の手続として加える"
        SAME = "same", "同じ手続として、書かれた項目を変える"
        SKIP = "skip", "取り込まない"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name="取込")
    line = models.PositiveIntegerField("行")
    title = models.CharField("手続名", max_length=400)
    detail = models.CharField("根拠・所管部署", max_length=400, blank=True)
    like = models.ForeignKey(Procedure, models.CASCADE, null=True, related_name="+", verbose_name="似た手続")
    likeness = models.PositiveSmallIntegerField("似ている度合い(%)", null=True)
    choice = models.CharField("決めたこと", max_length=4, choices=Choice, blank=True)

    class Meta:
        verbose_name = "取込の行"
        ordering = ["run", "line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="procedures_one_import_row_per_line")]

    def __str__(self) -> str:
        return f"{self.line}行 {self.title}"


class ImportedChange(models.Model):
    """取込の変更前: the cells of one procedure that an import changed, before and after, so that it can be undone."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="written", verbose_name="取込")
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="+", verbose_name="手続")
    before = models.JSONField("変更前", encoder=DjangoJSONEncoder)
    after = models.JSONField("変更後", encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "取込の変更前"
        ordering = ["run", "procedure"]
        constraints = [
            models.UniqueConstraint(fields=["run", "procedure"], name="procedures_one_imported_change_per_procedure")
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.procedure_id}"


class ImportAlias(models.Model):
    """読み替え: a heading or a department as own files write it, and what of ours it means; remembered for the next."""

    class Kind(models.TextChoices):
        COLUMN = "column", "見出し"
        DEPARTMENT = "department", "部署"

    kind = models.CharField("種類", max_length=10, choices=Kind)
    key = models.CharField("照合の形", max_length=200)
    said = models.CharField("ファイルの書き方", max_length=200)
    column = models.CharField("台帳の項目", max_length=60, blank=True)
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="台帳の部署"
    )
    defined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    defined_at = models.DateTimeField("決めた日時", auto_now=True)

    class Meta:
        verbose_name = "読み替え"
        ordering = ["kind", "said"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="procedures_one_alias_per_spelling"),
            models.CheckConstraint(
                condition=Q(kind="column", department=None) | Q(kind="department", column="", department__isnull=False),
                name="procedures_alias_means_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.department or self.column or '読まない'}"
