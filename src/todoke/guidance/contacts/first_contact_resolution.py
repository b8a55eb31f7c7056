"""First-contact resolution 一回で解決した割合: of the matters of a month, those answered at once and for good.

FCR of a month = matters opened in it whose first contact ended in 解決 and that saw no other contact for 14 days ÷
matters opened in it whose 14 days are over. Closing counts for nothing; only silence after 解決 does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Sum

from todoke.disclosure_control.small_cells import NotPublishable, suppress_row
from todoke.guidance.models.contact import Contact, ContactThread

GREY = 0.2
"""From this share of unknown first times on, the figure is shown grey with the reason."""


@dataclass(frozen=True)
class ResolutionFigures:
    """一回で解決した割合の数字: of one month, topic or section."""

    matters: int
    waiting: int
    """Matters whose 14 days are not over; not in the denominator."""
    resolved: int
    unknown: int
    contacts: int
    twice: int
    thrice: int
    more: int
    handed: int

    @property
    def over(self) -> int:
        """The denominator: matters whose 14 days are over."""
        return self.matters - self.waiting

    @property
    def rate(self) -> float | None:
        return self.resolved / self.over if self.over else None

    @property
    def unknown_share(self) -> float:
        """The share of matters of which nobody asked whether it was the first time."""
        return self.unknown / self.matters if self.matters else 0.0

    @property
    def is_grey(self) -> bool:
        """Whether so much is unknown that the rate may mislead."""
        return self.unknown_share > GREY

    def __add__(self, other: "ResolutionFigures") -> "ResolutionFigures":
        mine, theirs = vars(self), vars(other)
        return ResolutionFigures(**{name: mine[name] + theirs[name] for name in mine})


NOTHING = ResolutionFigures(0, 0, 0, 0, 0, 0, 0, 0, 0)


def figures(now: datetime, since: date, until: date) -> dict[tuple[date, int], ResolutionFigures]:
    """Return the figures by month and topic, for months from ``since`` to before ``until`` (one query)."""
    over = Q(silent_from__lte=now)
    silent = Q(second_at__isnull=True) | Q(second_at__gte=F("silent_from"))
    rows = (
        ContactThread.objects.filter(month__gte=since, month__lt=until)
        .order_by()
        .values("month", "topic")
        .annotate(
            matters=Count("pk"),
            waiting=Count("pk", filter=~over),
            resolved=Count("pk", filter=over & silent & Q(first_outcome=Contact.Outcome.RESOLVED)),
            unknown=Count("pk", filter=Q(first_time=Contact.FirstTime.UNKNOWN)),
            all_of_them=Sum("contacts"),
            twice=Count("pk", filter=Q(contacts=2)),
            thrice=Count("pk", filter=Q(contacts=3)),
            more=Count("pk", filter=Q(contacts__gte=4)),
            handed_over=Count("pk", filter=Q(handed=True)),
        )
    )
    return {
        (row["month"], row["topic"]): ResolutionFigures(
            row["matters"], row["waiting"], row["resolved"], row["unknown"], row["all_of_them"], row["twice"],
            row["thrice"], row["more"], row["handed_over"],
        )
        for row in rows
    }  # fmt: skip


def summed(parts: Iterable[ResolutionFigures]) -> ResolutionFigures:
    return sum(parts, NOTHING)


def by_month(found: dict[tuple[date, int], ResolutionFigures]) -> dict[date, ResolutionFigures]:
    """Return the figures of all topics together by month, the earliest first."""
    parts: dict[date, list[ResolutionFigures]] = defaultdict(list)
    for (month, _), each in found.items():
        parts[month].append(each)
    return {month: summed(parts[month]) for month in sorted(parts)}


def publishable(totals: Sequence[tuple[str, ResolutionFigures]]) -> list[tuple[str, ResolutionFigures | None]]:
    """Return what may be public of months or topics: fewer than five are hidden, and others with them (秘匿)."""
    if not totals:
        return []
    try:
        hidden = {place for _, place in suppress_row([each.matters for _, each in totals]).hidden}
    except NotPublishable:
        hidden = set(range(len(totals)))
    return [(name, None if place in hidden else each) for place, (name, each) in enumerate(totals)]
