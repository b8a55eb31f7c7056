"""Tools and certificates of the demo ward: a chat on trial, and twelve months of konbini; all invented."""

from datetime import date, timedelta

from todoke.demo.people import person
from todoke.insights.certificates.monthly_statement import import_statement
from todoke.insights.models import CertificateRoute, IssuingBill, IssuingFee, StatementLayout
from todoke.japanese.calendar import fiscal_year, today
from todoke.systems.models import Alternative, BudgetCalendar, InformationSystem, LicencePrice, LicenceUse, Subscription

MONTHS, FEE, MISSING = 12, 117, 5
SOURCE = "架空の区の見本"


def build() -> None:
    """Register the chat tool with its gap, the ways to certificates, and statements with one month missing."""
    _chat()
    _certificates()


def _chat() -> None:
    year = fiscal_year(today()) + 1
    section = person("dx").tenures.all()[0].post.department
    BudgetCalendar.objects.create(
        fiscal_year=year, request_opens_on=today() + timedelta(days=5), request_closes_on=today() + timedelta(days=40),
        effective_on=max(date(year, 4, 1), today() + timedelta(days=60)),
    )  # fmt: skip
    chat = Subscription.objects.create(
        code="chat", name="庁内チャット(架空)", department=section, kind=Subscription.Kind.SEAT,
        trial_from=today() - timedelta(days=150), trial_until=today() + timedelta(days=15), stated_yen=2_000_000,
        stated_source="本部会議の資料(架空)",
    )  # fmt: skip
    LicencePrice.objects.create(subscription=chat, yen=350, seats=500, starts_on=today() - timedelta(days=150))
    month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    LicenceUse.objects.create(subscription=chat, month=month, active_seats=280, source="管理画面の集計(架空)")
    for name, yen, score in (("掲示板の活用", 0, 2), ("別のチャット(架空)", 3_600_000, 4)):
        Alternative.objects.create(
            subscription=chat,
            name=name,
            yearly_yen=yen,
            criterion="急ぎの連絡",
            score=score,
            reason="試用の聞き取り(架空)",
        )


def _certificates() -> None:
    counter = InformationSystem.objects.get(code="jumin")
    konbini = InformationSystem.objects.create(
        code="konbini", name="コンビニ交付システム", department=counter.department, vendor="架空の委託先",
        last_used_on=today(),
    )  # fmt: skip
    for kind, system, place in (
        ("counter", counter, "本庁舎2階 5番窓口"), ("konbini", konbini, "全国のコンビニの端末"),
        ("post", None, "戸籍住民課あて"), ("online", None, "手続の窓口"),
    ):  # fmt: skip
        CertificateRoute.objects.create(
            kind=kind, system=system, place=place, source=SOURCE, confirmed_on=today(),
            closed_days="12月29日から1月3日まで",
        )  # fmt: skip
    layout = StatementLayout.objects.create(
        name="コンビニ交付の月報(見本)", month_head="年月", what_head="証明書", count_head="通数"
    )
    months = [_month(back) for back in range(MONTHS, 0, -1)]
    rows = [(month, 300 + 7 * month.month) for place, month in enumerate(months) if place != MISSING]
    lines = "".join(f"{month:%Y%m},住民票の写し,{count}\n" for month, count in rows)
    import_statement(layout, "月報(架空).csv", f"年月,証明書,通数\n{lines}".encode(), by=person("dx"))
    IssuingFee.objects.create(yen=FEE, starts_on=months[0], source=f"{SOURCE}。根拠を確かめて登録してください")
    for number, (month, count) in enumerate(rows):
        IssuingBill.objects.create(month=month, yen=count * FEE + (FEE if number == 2 else 0), source="架空の請求書")


def _month(back: int) -> date:
    """Return the first day of the month so many months before this one."""
    at = today().year * 12 + today().month - 1 - back
    return date(at // 12, at % 12 + 1, 1)
