"""Paper page 紙のページ: the year of all sections, what is missing, the forecast and the target."""

from datetime import date
from typing import Any

from django.http import QueryDict

from todoke.japanese.calendar import fiscal_year
from todoke.plans.models import PaperUse, Target
from todoke.plans.models.indicator import Indicator
from todoke.plans.paper_reminders import reporting_sections
from todoke.plans.paper_year import PaperYear, paper_year

YEARS_BACK = 5


def read_year(query: QueryDict, on: date) -> tuple[int, str]:
    """Return the fiscal year and the kind of an address; this year's bought paper where it says nothing known."""
    this = fiscal_year(on)
    written, kind = query.get("year", ""), query.get("kind", "")
    year = int(written) if written.isascii() and written.isdecimal() and len(written) == 4 else this
    return (year if this - YEARS_BACK <= year <= this else this), (
        kind if kind in PaperUse.Kind.values else PaperUse.Kind.BOUGHT.value
    )


def year_of_paper(year: int, kind: str, on: date) -> PaperYear:
    """Return the year of all sections that report."""
    rows = PaperUse.objects.filter(kind=kind, month__range=(date(year - 1, 4, 1), date(year + 1, 3, 31)))
    figures = {(each.department.name, each.month): each.sheets for each in rows.select_related("department")}
    return paper_year(year, [each.name for each in reporting_sections(year)], figures, on)


def target_of(year: int) -> Target | None:
    """Return the target of an indicator in sheets for a year, the lower the better."""
    kinds = {"indicator__unit": Indicator.Unit.SHEETS, "indicator__direction": Indicator.Direction.DOWN}
    return Target.objects.filter(fiscal_year=year, **kinds).select_related("indicator").order_by("pk").first()


def paper_context(query: QueryDict, on: date) -> dict[str, Any]:
    """Return the context of the page."""
    year, kind = read_year(query, on)
    found, target = year_of_paper(year, kind, on), target_of(year)
    value, this = found.forecast.value, fiscal_year(on)
    over = [month for month in found.months if month < on.replace(day=1)]
    reached = None if target is None or value is None else value <= target.value
    return {
        "found": found, "target": target, "in_reach": reached, "kind": kind, "kinds": PaperUse.Kind.choices,
        "kind_name": PaperUse.Kind(kind).label, "years": range(this, this - YEARS_BACK - 1, -1),
        "labels": [f"{month.month}月" for month in found.months],
        "over": [f"{month.month}月" for month in over],
        "small": [(row.name, [None if n is None else float(n) for n in row.cells[: len(over)]]) for row in found.rows],
        "on": on,
    }  # fmt: skip
