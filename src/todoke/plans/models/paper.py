"""Paper 紙: sheets of a section by month and kind; a month without a row is missing, a zero is a reported one."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.runtime.refusals import Refused


class PaperUse(models.Model):
    """紙の使用量: sheets that a section bought, printed or copied in a month, with the source of the figure."""

    class Kind(models.TextChoices):
        BOUGHT = "bought", "購入"
        PRINTED = "printed", "印刷"
        COPIED = "copied", "複写"

    department = models.ForeignKey(Department, models.PROTECT, related_name="paper_uses", verbose_name="部署")
    month = models.DateField("月(初日)")
    kind = models.CharField("種類", max_length=10, choices=Kind, default=Kind.BOUGHT)
    sheets = models.PositiveBigIntegerField("枚数")
    source = models.CharField("出典", max_length=200)
    reported_at = models.DateTimeField("報告日時", default=timezone.now)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="報告した人")

    class Meta:
        verbose_name = "紙の使用量"
        ordering = ["month", "department__code", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["department", "month", "kind"], name="plans_one_paper_figure_per_month"),
            models.CheckConstraint(condition=Q(sheets__gte=0), name="plans_paper_is_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="plans_paper_is_of_a_whole_month"),
            models.CheckConstraint(condition=~Q(source=""), name="plans_paper_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.month:%Y-%m} {self.get_kind_display()} {self.sheets}"

    @classmethod
    @transaction.atomic
    def report(
        cls, *, department: Department, month: date, kind: str, sheets: int, source: str, by: Actor
    ) -> "PaperUse":
        """Record the sheets of a month, or correct them (紙の使用量の報告). Raises Refused without a source."""
        if not source.strip():
            raise Refused("何で数えたか(納品書、印刷機のカウンターなど)を書いてください。")
        known = cls.objects.filter(department=department, month=month.replace(day=1), kind=kind).first()
        before = None if known is None else {"枚数": known.sheets}
        made, fresh = cls.objects.update_or_create(
            department=department, month=month.replace(day=1), kind=kind,
            defaults={"sheets": sheets, "source": source, "reported_by": user_of(by), "reported_at": timezone.now()},
        )  # fmt: skip
        act = "紙の使用量の報告" if fresh else "紙の使用量の訂正"
        record(made, act, by=by, before=before, after={"枚数": sheets, "出典": source})
        return made
