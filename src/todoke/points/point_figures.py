"""Point figures ポイントの数値: what a programme granted, to how many of whom, and what became of it; for everybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, Sum

from todoke.disclosure_control.small_cells import row_in_words
from todoke.japanese.calendar import today
from todoke.points.models import EligiblePerson, PointProgram, RedemptionPart

BANDS = ((0, 17), (18, 29), (30, 44), (45, 64), (65, 74), (75, 200))
NO_YEAR = "生まれた年のない方"


@dataclass(frozen=True)
class ProgramFigures:
    """数値: of one programme today; points are yen, ``cost`` is running yen per granted yen, None where unknown.

    ``ways`` and ``ages`` are people by the way and the age at which they claimed, as text, with few people hidden.
    """

    program: PointProgram
    eligible: int
    claimed: int
    granted: int
    used: int
    expired: int
    left: int
    owed: int
    cost: Fraction | None
    ways: list[tuple[str, str]]
    ages: list[tuple[str, str]]

    @property
    def share(self) -> float | None:
        """Return claimed of the eligible in per cent with one place; None without anybody eligible."""
        return round(self.claimed / self.eligible * 100, 1) if self.eligible else None

    @property
    def sen(self) -> float | None:
        """Return the running cost of 100 granted yen, in yen with one place."""
        return None if self.cost is None else round(float(self.cost * 100), 1)


def figures(program: PointProgram) -> ProgramFigures:
    """Return the figures of a programme in three queries."""
    grants = program.grants.filter(cancelled_at=None)
    sums = grants.aggregate(granted=Sum("points"), expired=Sum("expired_points"), left=Sum("left"))
    parts = RedemptionPart.objects.filter(grant__program=program, redemption__cancelled_at=None)
    paid = Q(redemption__settlement__status="paid")
    uses = parts.aggregate(used=Sum("points"), paid=Sum("points", filter=paid))
    groups = list(program.eligible.order_by().values_list("way", "birth_year").annotate(people=Count("pk")))
    claimed = [(way, born, people) for way, born, people in groups if way]
    granted = sums["granted"] or 0
    cost = Fraction(program.running_yen, granted) if program.running_yen is not None and granted else None
    return ProgramFigures(
        program, sum(people for *_, people in groups), sum(people for *_, people in claimed), granted,
        uses["used"] or 0, sums["expired"] or 0, sums["left"] or 0, (uses["used"] or 0) - (uses["paid"] or 0), cost,
        _ways((way, people) for way, _, people in claimed), _ages((born, people) for _, born, people in claimed),
    )  # fmt: skip


def _ways(claimed: Iterable[tuple[str, int]]) -> list[tuple[str, str]]:
    counts = Counter[str]()
    for way, people in claimed:
        counts[way] += people
    return row_in_words([(str(way.label), counts[way.value]) for way in EligiblePerson.Way])


def _ages(claimed: Iterable[tuple[int | None, int]]) -> list[tuple[str, str]]:
    year, counts = today().year, Counter[str]()
    for born, people in claimed:
        age = None if born is None else year - born
        counts[NO_YEAR if age is None else next(_band(low, high) for low, high in BANDS if age <= high)] += people
    return row_in_words([(name, counts[name]) for name in (*(_band(low, high) for low, high in BANDS), NO_YEAR)])


def _band(low: int, high: int) -> str:
    return f"{low}歳から{high}歳" if high < BANDS[-1][1] else f"{low}歳以上"
