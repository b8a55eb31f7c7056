"""Peer figures 他自治体: published figures of other municipalities with definition, day and source."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from todoke.plans.models.indicator import Indicator


class PeerFigure(models.Model):
    """他自治体の数値: a figure as published; never corrected, only superseded."""

    municipality = models.CharField("自治体", max_length=40)
    figure = models.CharField("割合の種類", max_length=20, choices=Indicator.OwnFigure)
    period = models.CharField("期間", max_length=40)
    on = models.DateField("基準日")
    numerator = models.PositiveBigIntegerField("分子", null=True, blank=True)
    denominator = models.PositiveBigIntegerField("分母", null=True, blank=True)
    value = models.DecimalField("値(%)", max_digits=7, decimal_places=2)
    meaning = models.CharField("その自治体の定義", max_length=200)
    source = models.CharField("出典", max_length=300)
    copied_on = models.DateField("写した日")

    class Meta:
        verbose_name = "他自治体の数値"
        ordering = ["figure", "municipality", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "figure", "on"], name="plans_one_peer_figure_per_day"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=100), name="plans_a_peer_figure_is_a_share"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(meaning=""), name="plans_a_peer_figure_has_source_and_meaning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_figure_display()} {self.on} {self.value}%"

    def clean(self) -> None:
        """Raises ValidationError for a value that is no share, as the database does."""
        if self.value is not None and not 0 <= self.value <= 100:
            raise ValidationError({"value": "割合は0から100までです。"})

    @property
    def is_consistent(self) -> bool:
        """Whether the published share agrees with its numerator and denominator, within rounding."""
        if self.numerator is None or not self.denominator:
            return True
        return abs(Decimal(self.numerator) / self.denominator * 100 - self.value) < Decimal("0.06")
