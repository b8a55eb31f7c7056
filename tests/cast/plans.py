"""The cast of the plans: a plan with a strategy, a measure and indicators."""

from datetime import date

from tests import cast
from todoke.plans.models import Indicator, Plan


def plan() -> Plan:
    return Plan.objects.create(code="dx", title="DX推進計画", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31))


def indicator(of: Plan, **more: object) -> Indicator:
    strategy, _ = of.strategies.get_or_create(position=1, defaults={"title": "柱"})
    measure, _ = of.measures.get_or_create(
        code="online", defaults={"strategy": strategy, "title": "施策", "department": cast.department()}
    )
    facts = {"numerator": "できる手続", "denominator": "すべての手続", "basis": "各年度末", "source": "台帳"} | more
    return measure.indicators.create(code=f"i{Indicator.objects.count()}", name="割合", **facts)
