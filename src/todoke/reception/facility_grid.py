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
        self.frames = {(group, day): self._frames(group, day) for group in groups for day in days}

    def by_unit(self) -> dict[int, DayFrames]:
        return {unit.pk: self._days_of(unit) for unit in self.units}

    def _frames(self, group: int | None, day: date) -> list[tuple[Frame, Span]]:
        """Return the frames in which a group is lent on a day."""
        mine = (each for each in self.timetables if each.group_id == group and each.starts_on <= day)
        in_force = next(mine, None)
        return in_force.spans_on(day) if in_force else []

    def _days_of(self, unit: BookableUnit) -> DayFrames:
        taken, group = (
            [each for part in unit.parts.all() for each in self.taken.get(part.pk, [])],
            unit.resource.group_id,
        )
        return [
            (day, [(frame, _state(unit, span, taken)) for frame, span in self.frames[group, day]]) for day in self.days
        ]


def _state(unit: BookableUnit, span: Span, taken: list[tuple[Span, str]]) -> str:
    """Return 空き, or the label of what takes a frame first, 予約済 where it has none."""
    if not taken:
        return FREE
    wide = unit.resource.occupied(span)
    found = next((label for other, label in taken if other.overlaps(wide)), None)
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
