"""Column templates 列テンプレート: the file formats of this municipality's tills, agents and banks."""

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.payments import statement_formats
from todoke.payments.models.day_close import Statement
from todoke.payments.statement_formats import StatementFormat


class ColumnTemplate(models.Model):
    """列テンプレート: the headings or digits of the columns of one kind of file, as the treasurer edits them."""

    name = models.CharField("名前", max_length=60, unique=True)
    source = models.CharField("出どころ", max_length=10, choices=Statement.Source.choices)
    type_code = models.CharField(
        "全銀の種別コード", max_length=2, blank=True, help_text="固定長のときだけ。入出金は03、振込入金は01"
    )
    day = models.CharField("業務日", max_length=200)
    kind = models.CharField("区分", max_length=200, blank=True)
    reference = models.CharField("照合番号", max_length=200)
    yen = models.CharField("金額", max_length=200)
    fee_yen = models.CharField("手数料", max_length=200, blank=True)
    payout = models.CharField("入金番号", max_length=200, blank=True)
    payout_on = models.CharField("入金予定日", max_length=200, blank=True)
    direction = models.CharField("入払区分", max_length=200, blank=True)

    class Meta:
        verbose_name = "列テンプレート"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def as_format(self) -> StatementFormat:
        columns = {field: getattr(self, field) for field in statement_formats.FIELDS}
        return StatementFormat(self.name, self.source, columns, self.type_code)

    @classmethod
    def all_formats(cls) -> list[StatementFormat]:
        """Return the formats to try, the municipality's own first, then the default formats it has not replaced."""
        own = [template.as_format for template in cls.objects.all()]
        return [
            *own,
            *(
                starter
                for starter in statement_formats.DEFAULT_FORMATS
                if starter.name not in {one.name for one in own}
            ),
        ]

    @classmethod
    @transaction.atomic
    def save_format(cls, layout: StatementFormat, *, by: Actor) -> "ColumnTemplate":
        """Create or replace the template of a format's name (列テンプレートの変更). Raises InvalidFormat."""
        layout.check()
        facts = {"source": layout.source, "type_code": layout.type_code, **layout.columns}
        kept, _ = cls.objects.update_or_create(name=layout.name, defaults=facts)
        log.record(kept, "列テンプレートの変更", by=by, after=facts)
        return kept
