"""Visit slots 来庁の空き: which starts of a day have an officer, and a room and an interpreter where needed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from todoke.bookings.models import Allocation, Resource, ResourcePart
from todoke.bookings.slots import Span, add_office_days, starts
from todoke.japanese.calendar import is_office_day, today
from todoke.reception.models import VisitPurpose

ROOMS = {"desk": Resource.Kind.DESK, "video": Resource.Kind.VIDEO}
"""What kind of room a visit of a mode takes beside the officer; a call and a visit at home take none."""


LOOKED_AHEAD = 60
"""Days."""


@dataclass(frozen=True)
class Crew:
    """ひと組: the pools of which a visit takes one part each: officers, rooms, interpreters."""

    pools: tuple[tuple[ResourcePart, ...], ...]
    taken: Mapping[int, Sequence[Span]]

    def free(self, span: Span) -> list[list[ResourcePart]]:
        """Return, for each pool, the parts that are free then; an empty list means that nobody can be received."""
        return [[part for part in pool if self._is_free(part, span)] for pool in self.pools]

    def _is_free(self, part: ResourcePart, span: Span) -> bool:
        wide = part.resource.occupied(span)
        return not any(other.overlaps(wide) for other in self.taken.get(part.pk, ()))


def first_day(purpose: VisitPurpose) -> date:
    """Return the first day for which a visit can be asked, so many office days (開庁日) from today."""
    return add_office_days(today(), purpose.lead_days)


def crew_for(purpose: VisitPurpose, mode: str, language: str, over: Span) -> Crew:
    """Return who and what a visit needs, with what of it is taken in a time; three queries."""
    wanted = [{"resource__kind": Resource.Kind.PERSON, "resource__department": purpose.department_id}]
    if mode in ROOMS:
        wanted.append({"resource__kind": ROOMS[mode], "resource__department": purpose.department_id})
    if language:
        wanted.append({"resource__kind": Resource.Kind.INTERPRETER, "resource__skill": language})
    rows = ResourcePart.objects.select_related("resource").filter(resource__ended_on=None).order_by("pk")
    pools = tuple(tuple(rows.filter(**each)) for each in wanted)
    parts = [part.pk for pool in pools for part in pool]
    found = Allocation.objects.standing(timezone.now()).meeting(over).filter(part__in=parts)
    taken: dict[int, list[Span]] = {}
    for part, start, end in found.values_list("part", "starts_at", "ends_at"):
        taken.setdefault(part, []).append(Span(start, end))
    return Crew(pools, taken)


def grid_of(purpose: VisitPurpose, day: date) -> list[Span]:
    """Return every start that the periods of a day offer for a purpose, free or not."""
    if not is_office_day(day):
        return []
    periods = (each for each in purpose.periods.all() if each.holds_on(day))
    found = {
        span
        for each in periods
        for span in starts(
            Span.on(day, each.opens, each.closes), minutes=purpose.minutes, grid_minutes=each.grid_minutes
        )
    }
    return sorted(found)


def free_slots(purpose: VisitPurpose, days: Sequence[date], *, mode: str, language: str = "") -> list[Span]:
    """Return the starts on some days at which everybody needed is free."""
    grid = [span for day in days if day >= first_day(purpose) for span in grid_of(purpose, day)]
    return _open(grid, purpose, mode, language) if grid else []


def _open(grid: Iterable[Span], purpose: VisitPurpose, mode: str, language: str) -> list[Span]:
    spans = list(grid)
    crew = crew_for(purpose, mode, language, Span(spans[0].start, spans[-1].end))
    return [span for span in spans if all(crew.free(span))]


def days_with_room(
    purpose: VisitPurpose, count: int, *, mode: str, language: str = ""
) -> list[tuple[date, list[Span]]]:
    """Return the next days, at most ``count``, that have a free start, with their starts; looks 60 days ahead."""
    begin, found = first_day(purpose).toordinal(), dict[date, list[Span]]()
    for week in range(begin, begin + LOOKED_AHEAD, 7):
        days = [date.fromordinal(number) for number in range(week, week + 7)]
        for span in free_slots(purpose, days, mode=mode, language=language):
            found.setdefault(_day(span.start), []).append(span)
        if len(found) >= count:
            break
    return sorted(found.items())[:count]


def _day(instant: datetime) -> date:
    return timezone.localdate(instant)
