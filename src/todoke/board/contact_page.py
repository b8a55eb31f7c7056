"""問合せの数字: how often one contact was enough, by month and by topic, for everybody."""

from datetime import date
from typing import Any

from django.utils import timezone

from todoke.disclosure_control.small_cells import HIDDEN_SIGN
from todoke.guidance.contacts.first_contact_resolution import (
    ResolutionFigures,
    by_month,
    figures,
    publishable,
    summed,
)
from todoke.guidance.models import ContactTopic
from todoke.guidance.models.contact import month_of

MONTHS = 13


def _before(month: date, count: int) -> date:
    place = month.year * 12 + month.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)


def contacts_context() -> dict[str, Any]:
    """Return the months and topics of the last thirteen months (two queries)."""
    now = timezone.now()
    this = month_of(now)
    found = figures(now, _before(this, MONTHS - 1), _before(this, -1))
    months = by_month(found)
    names = dict(ContactTopic.objects.values_list("pk", "name"))
    totals = {
        name: summed(each for (_, topic), each in found.items() if topic == pk) for pk, name in sorted(names.items())
    }
    asked = [(name, total) for name, total in totals.items() if total.matters]
    shown = publishable([(f"{month.year}年{month.month}月", each) for month, each in months.items()])
    return {
        "months": shown,
        "points": [f"{month.year}/{month.month}" for month in months],
        "series": [("一回で解決した割合", [percent(each) if each else None for _, each in shown])],
        "topics": [(name, each, percent(each) if each else None) for name, each in publishable(asked)],
        "on": now,
    }


def percent(each: ResolutionFigures) -> float | None:
    """Return the rate in per cent with one place; None without matters whose days are over, or too much unknown."""
    return None if each.rate is None or each.is_grey else round(each.rate * 100, 1)


def contact_rows() -> list[list[str | int]]:
    """Return the months as rows of an open table, its heading first."""
    head = ["month", "matters", "days_over", "resolved_at_once", "first_time_unknown", "contacts", "handed_over"]
    now = timezone.now()
    this = month_of(now)
    rows = by_month(figures(now, _before(this, MONTHS - 1), _before(this, -1)))
    table: list[list[str | int]] = [list(head)]
    for month, each in publishable([(month.isoformat()[:7], each) for month, each in rows.items()]):
        counts = (each.matters, each.over, each.resolved, each.unknown, each.contacts, each.handed) if each else ()
        table.append([month, *(counts or [HIDDEN_SIGN] * (len(head) - 1))])
    return table
