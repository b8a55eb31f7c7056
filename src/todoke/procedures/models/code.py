"""Code tables in the database: the choices of coded values, with labels by edition and year."""

from django.db import models, transaction

from todoke.procedures import codes


class Code(models.Model):
    """コード: one choice of a code table; its key is stable, its label changes between surveys."""

    table = models.CharField("コード表", max_length=20)
    key = models.CharField("キー", max_length=200)
    label = models.CharField("名称", max_length=200)
    position = models.PositiveIntegerField("順番")
    last_year = models.PositiveIntegerField("最終の年度", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="後継"
    )

    class Meta:
        verbose_name = "コード"
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="procedures_one_code_per_key"),
        ]

    def __str__(self) -> str:
        return self.label


class CodeSpelling(models.Model):
    """コードの表記: the label of a choice in one edition of the survey, and its fiscal year."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="spellings", verbose_name="コード")
    edition = models.CharField("調査の版", max_length=10)
    year = models.PositiveIntegerField("年度")
    label = models.CharField("表記", max_length=200)

    class Meta:
        verbose_name = "コードの表記"
        ordering = ["code", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="procedures_one_spelling_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.label}"


@transaction.atomic
def install_code_tables() -> None:
    """Save the code tables of the file into the database; idempotent."""
    known = {(code.table, code.key): code for code in Code.objects.all()}
    years = codes.editions()
    fresh = []
    for table in codes.tables().values():
        for row in table.rows:
            if (table.key, row.key) not in known:
                fresh.append(_make(table, row))
    if not fresh:
        return
    known |= {(code.table, code.key): code for code in Code.objects.bulk_create(fresh)}
    spellings = [
        CodeSpelling(code=known[table.key, row.key], edition=edition, year=years[edition], label=label)
        for table in codes.tables().values()
        for row in table.rows
        for edition, label in row.labels.items()
        if label
    ]
    CodeSpelling.objects.bulk_create(spellings, ignore_conflicts=True)
    for table in codes.tables().values():
        for row in table.rows:
            if row.replaced_by:
                Code.objects.filter(table=table.key, key=row.key).update(replaced_by=known[table.key, row.replaced_by])


def _make(table: codes.Table, row: codes.CodeRow) -> Code:
    return Code(table=table.key, key=row.key, label=row.label, position=row.position, last_year=row.last_year)
