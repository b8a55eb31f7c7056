"""Facility grid 空き状況: the state of every frame of some units on some days, in a constant number of queries."""

from datetime import date, timedelta

from django.utils import timezone

from todoke.bookings.models import Allocation, BookableUnit, Frame, Timetable
from todoke.bookings.slots import Span
from todoke.japanese.calendar import start_of_day

FREE = "空き"
DayFrames = list[tuple[date, list[tuple[Frame, str]]]]


def free_frames(unit: BookableUnit, days: list[date]) -> DayFrames:
    """Return the frames of some days with their state in words: 空き, 予約済, or why the office holds it."""
    return month_grid([unit], days)[unit.pk]


def month_grid(units: list[BookableUnit], days: list[date]) -> dict[int, DayFrames]:
    """Return, by unit, the frames of each day with their state; in a constant number of queries."""
    return _Grid(units, days).by_unit()


class _Grid:
    """The state of every frame of some units on some days."""

    def __init__(self, units: list[BookableUnit], days: list[date]) -> None:
        self.units, self.days = units, days
        groups = {unit.resource.group_id for unit in units}
        self.timetables = _timetables(groups)
        self.taken = _taken(units, days)

    def by_unit(self) -> dict[int, DayFrames]:
        return {unit.pk: [(day, self._frames(unit, day)) for day in self.days] for unit in self.units}

    def _frames(self, unit: BookableUnit, day: date) -> list[tuple[Frame, str]]:
        in_force = next((each for each in self.timetables if each.group_id == unit.resource.group_id
                         and each.starts_on <= day), None)  # fmt: skip
        return [(frame, self._state(unit, span)) for frame, span in (in_force.spans_on(day) if in_force else [])]

    def _state(self, unit: BookableUnit, span: Span) -> str:
        wide = unit.resource.occupied(span)
        taken = (each for part in unit.parts.all() for each in self.taken.get(part.pk, []))
        labels = (label for other, label in taken if other.overlaps(wide))
        found = next(labels, None)
        return FREE if found is None else found or "予約済"


def _timetables(groups: set[int | None]) -> list[Timetable]:
    rows = Timetable.objects.filter(group__in=[each for each in groups if each]).prefetch_related("frames")
    return list(rows.order_by("-starts_on"))


def _taken(units: list[BookableUnit], days: list[date]) -> dict[int, list[tuple[Span, str]]]:
    over = Span(start_of_day(days[0]), start_of_day(days[-1] + timedelta(days=1)))
    parts = {part.pk for unit in units for part in unit.parts.all()}
    rows = Allocation.objects.standing(timezone.now()).meeting(over).filter(part__in=parts)
    found: dict[int, list[tuple[Span, str]]] = {}
    for part, start, end, label in rows.values_list("part", "starts_at", "ends_at", "booking__public_label"):
        found.setdefault(part, []).append((Span(start, end), label))
    return found
