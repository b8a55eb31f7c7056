"""Serial numbers 起案番号・調達番号: gapless numbers per series and fiscal year."""

from django.db import models, transaction
from django.db.models import F

from todoke.japanese.calendar import fiscal_year, today


class SerialCounter(models.Model):
    """番号簿: the last number of a series that was issued in a fiscal year (4月から3月まで)."""

    series = models.CharField("系列", max_length=2, default="K")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最後の番号", default=0)

    class Meta:
        verbose_name = "番号簿"
        constraints = [
            models.UniqueConstraint(fields=["series", "fiscal_year"], name="approvals_one_book_per_series_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.fiscal_year}年度"

    @classmethod
    @transaction.atomic
    def next_number(cls, series: str = "K") -> str:
        """Return the next number of this fiscal year, such as K2026-000012.

        The row is locked until the transaction ends.
        """
        year = fiscal_year(today())
        cls.objects.get_or_create(series=series, fiscal_year=year)
        cls.objects.filter(series=series, fiscal_year=year).update(last=F("last") + 1)
        return f"{series}{year}-{cls.objects.get(series=series, fiscal_year=year).last:06d}"
