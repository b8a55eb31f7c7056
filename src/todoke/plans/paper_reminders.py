"""Paper reminders 紙の報告のお知らせ: sections whose month is missing once it was due, told once."""

from datetime import date, timedelta

from todoke.accounts.actors import Actor, System
from todoke.japanese.calendar import fiscal_year, is_office_day, today
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Department, Tenure
from todoke.plans.models.paper import PaperUse
from todoke.plans.paper_year import due_on
from todoke.runtime.links import absolute


def last_month(on: date) -> date:
    """Return the first day of the month before a day."""
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


def reporting_sections(year: int) -> list[Department]:
    """Return the sections that reported paper in a fiscal year or the one before."""
    span = (date(year - 1, 4, 1), date(year + 1, 3, 31))
    return list(Department.objects.filter(paper_uses__month__range=span).distinct().order_by("code"))


def missing_sections(month: date) -> list[Department]:
    """Return the sections that report bought paper and did not for a month."""
    told = PaperUse.objects.filter(month=month, kind=PaperUse.Kind.BOUGHT).values("department")
    known = {each.pk for each in Department.objects.filter(pk__in=told)}
    return [each for each in reporting_sections(fiscal_year(month)) if each.pk not in known]


def remind_of_paper(on: date | None = None, *, by: Actor | None = None) -> int:
    """Tell the chiefs of sections whose last month is missing, on the working day after it was due; return how many."""
    on, by, written = on or today(), by or System("紙の報告のお知らせ"), 0
    month = last_month(on)
    day = due_on(month) + timedelta(days=1)
    while not is_office_day(day):
        day += timedelta(days=1)
    if on != day:
        return 0
    for section in missing_sections(month):
        held = Tenure.objects.current().filter(post__department=section, user__is_active=True).select_related("user")
        for tenure in held.chiefs() or held:
            to = Recipient.of(tenure.user)
            context = {
                "name": to.name, "month": f"{month.year}年{month.month}月", "department": section.name,
                "url": absolute("board:paper-report"),
            }  # fmt: skip
            enqueue("paper-missing", to=to, context=context, about=f"紙の使用量 {month:%Y-%m}", by=by)
            written += 1
    return written
