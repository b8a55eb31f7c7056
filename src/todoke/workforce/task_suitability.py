"""Task suitability 業務の適性: how much of the work could be done elsewhere, and what each barrier costs; pure.

The minutes of the barriers of a task do not overlap, so that what is removed adds exactly its minutes to what is free.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices


class BarrierKind(TextChoices):
    """妨げの種類."""

    PAPER = "paper", "紙"
    SEAL = "seal", "押印"
    COUNTER = "counter", "窓口"
    PHONE = "phone", "電話"
    TERMINAL = "terminal", "専用端末"
    MY_NUMBER = "my_number", "個人番号"
    SITE = "site", "現場"
    OTHER = "other", "その他"


@dataclass(frozen=True)
class TaskMinutes:
    """業務の分: minutes a month of one task of one section, and those of each barrier."""

    section: str
    name: str
    minutes: int
    barriers: Mapping[str, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """Minutes without a barrier."""
        return self.minutes - sum(self.barriers.values())

    @property
    def percent(self) -> float:
        """The share of them, in per cent with one place."""
        return percent(self.free, self.minutes)


@dataclass(frozen=True)
class BarrierCost:
    """妨げの分: what one kind of barrier costs, and the share that would be free without it."""

    kind: str
    minutes: int
    percent_without: float

    @property
    def label(self) -> str:
        """The kind in words."""
        return BarrierKind(self.kind).label


@dataclass(frozen=True)
class Suitability:
    """適性: minutes of tasks, those without a barrier, and the barriers, the most minutes first."""

    minutes: int
    free: int
    barriers: tuple[BarrierCost, ...]

    @property
    def percent(self) -> float:
        """The share of minutes without a barrier, in per cent with one place."""
        return percent(self.free, self.minutes)


def percent(part: int, whole: int) -> float:
    """Return a share in per cent with one place; zero of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def suitability(tasks: Iterable[TaskMinutes]) -> Suitability:
    """Return what tasks have in common; barriers of the same minutes in the order of their kinds."""
    every = list(tasks)
    minutes, free = sum(task.minutes for task in every), sum(task.free for task in every)
    sums = {kind: sum(task.barriers.get(kind, 0) for task in every) for kind in BarrierKind.values}
    costs = [BarrierCost(kind, cost, percent(free + cost, minutes)) for kind, cost in sums.items() if cost]
    return Suitability(minutes, free, tuple(sorted(costs, key=lambda cost: -cost.minutes)))


def by_section(tasks: Iterable[TaskMinutes]) -> dict[str, Suitability]:
    """Return the suitability of each section, in the order of their first tasks."""
    sections: dict[str, list[TaskMinutes]] = {}
    for task in tasks:
        sections.setdefault(task.section, []).append(task)
    return {section: suitability(each) for section, each in sections.items()}
