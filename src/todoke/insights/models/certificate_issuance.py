"""Certificates 証明書の交付: the ways to get one, what a copy costs the municipality, and what was billed."""

from datetime import date, time

from django.db import models
from django.db.models import F, Q

from todoke.systems.models import InformationSystem


class CertificateRouteQuerySet(models.QuerySet["CertificateRoute"]):
    def working(self) -> "CertificateRouteQuerySet":
        """Ways whose system has no open incident, and those that hang on no system (使える受取り方)."""
        return self.exclude(system__incidents__status="investigating")


class CertificateRoute(models.Model):
    """証明書の受取り方: one way to get a certificate, the system it hangs on, and when it is open."""

    class Kind(models.TextChoices):
        COUNTER = "counter", "窓口"
        KONBINI = "konbini", "コンビニ"
        POST = "post", "郵送"
        ONLINE = "online", "オンライン"

    kind = models.CharField("受取り方", max_length=10, choices=Kind.choices, unique=True)
    system = models.ForeignKey(
        InformationSystem, models.PROTECT, null=True, blank=True, related_name="certificate_routes",
        verbose_name="止まると使えない情報システム",
    )  # fmt: skip
    place = models.CharField("ところ", max_length=200, help_text="例: 本庁舎2階 5番窓口、全国のコンビニの端末")
    opens_at = models.TimeField("始まる時刻", default=time(8, 30))
    closes_at = models.TimeField("終わる時刻", default=time(17))
    closed_days = models.CharField("休みの日", max_length=100, blank=True, help_text="例: 12月29日から1月3日まで")
    source = models.CharField("出典", max_length=200)
    confirmed_on = models.DateField("確認日")

    objects = CertificateRouteQuerySet.as_manager()

    class Meta:
        verbose_name = "証明書の受取り方"
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def in_words(self) -> str:
        """Return way, place and hours as one line of a notice."""
        closed = f"、{self.closed_days}は休み" if self.closed_days else ""
        hours = f"{self.opens_at:%-H時%M分}から{self.closes_at:%-H時%M分}まで"
        return f"{self.get_kind_display()}({self.place}、{hours}{closed})"


class IssuingFee(models.Model):
    """交付の単価: yen that the municipality pays for one copy, from when to when, and who says so."""

    yen = models.PositiveIntegerField("1通あたり(円)")
    starts_on = models.DateField("始まり", unique=True)
    ends_on = models.DateField("終わり", null=True, blank=True)
    source = models.CharField("出典", max_length=200)

    class Meta:
        verbose_name = "交付の単価"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="insights_fee_ends_after_it_starts",
                violation_error_message="終わりは、始まりより後の日にしてください。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.yen}円"

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class IssuingBill(models.Model):
    """交付の請求: what was billed for the copies of a month."""

    month = models.DateField("月(その月の1日)", unique=True)
    yen = models.PositiveBigIntegerField("請求額(円)")
    source = models.CharField("請求書の番号など", max_length=200)

    class Meta:
        verbose_name = "交付の請求"
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="insights_bill_of_a_month",
                violation_error_message="月は、その月の1日で書いてください。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y年%-m月} {self.yen:,}円"


class StatementLayout(models.Model):
    """月報の列: under which headings the monthly statement of another system says month, certificate and copies."""

    name = models.CharField("名前", max_length=60, unique=True)
    month_head = models.CharField("年月の見出し", max_length=60)
    what_head = models.CharField("証明書の見出し", max_length=60)
    count_head = models.CharField("通数の見出し", max_length=60)
    route = models.CharField("経路", max_length=40, default="コンビニ", help_text="この月報のすべての行の経路。")

    class Meta:
        verbose_name = "月報の列"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
