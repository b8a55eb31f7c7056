"""Card counts マイナンバーカード: cards issued by a municipality as of a day, and its population."""

from datetime import date

from django.db import models
from django.db.models import Max, Q


class CardCountQuerySet(models.QuerySet["CardCount"]):
    def of(self, code: str) -> "CardCountQuerySet":
        return self.filter(code=code).order_by("counted_on")

    def places(self) -> list[tuple[str, str, str]]:
        """Return code, prefecture and name of every municipality, by code."""
        rows = self.order_by().values("code").annotate(place=Max("prefecture"), name=Max("municipality"))
        return [(row["code"], row["place"], row["name"]) for row in rows.order_by("code")]

    def on(self, day: date) -> "CardCountQuerySet":
        return self.filter(counted_on=day)


class CardCount(models.Model):
    """カード交付状況: cards issued by a municipality as of a day, with the day of its population (総務省)."""

    code = models.CharField("団体コード", max_length=6)
    prefecture = models.CharField("都道府県", max_length=10)
    municipality = models.CharField("市区町村", max_length=40)
    counted_on = models.DateField("交付枚数の基準日")
    population_on = models.DateField("人口の基準日")
    population = models.PositiveIntegerField("人口")
    issued = models.PositiveIntegerField("交付枚数")

    objects = CardCountQuerySet.as_manager()

    class Meta:
        verbose_name = "カード交付状況"
        ordering = ["code", "counted_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "counted_on"], name="plans_one_count_per_day"),
            models.CheckConstraint(condition=Q(population__gt=0), name="plans_population_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.counted_on} {self.issued}/{self.population}"

    @property
    def rate(self) -> float:
        """Cards per resident in percent."""
        return self.issued / self.population * 100
