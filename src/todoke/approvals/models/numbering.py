"""Numbers 起案番号: one row of numbers per fiscal year."""

from django.db import models, transaction
from django.db.models import F

from todoke.japanese.calendar import today


class NumberBook(models.Model):
    """番号簿: the last number given out in a fiscal year (4月から3月まで)."""

    fiscal_year = models.PositiveSmallIntegerField("年度", unique=True)
    last = models.PositiveIntegerField("最後の番号", default=0)

    class Meta:
        verbose_name = "番号簿"

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度"

    @classmethod
    @transaction.atomic
    def next_number(cls, series: str = "K") -> str:
        """Give out the next number of this fiscal year, such as K2026-000012. Held until the transaction ends."""
        day = today()
        year = day.year if day.month >= 4 else day.year - 1
        cls.objects.get_or_create(fiscal_year=year)
        cls.objects.filter(fiscal_year=year).update(last=F("last") + 1)
        return f"{series}{year}-{cls.objects.get(fiscal_year=year).last:06d}"
