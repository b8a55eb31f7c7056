"""The ranking 優先順位 as this face shows it: one page of it, of one department if chosen, and its lines in a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from todoke.lazy_modules import np
from todoke.organization.models import Department
from todoke.roadmaps.ranking import Floats, Rows, Weights, ranked_rows, scores
from todoke.roadmaps.ranking_inputs import CountSource, RankingInputs

SIZE = 100
Sections = Mapping[int | None, tuple[str, str]]
"""Code and name by id of a department, of what has none too."""


@dataclass(frozen=True)
class RankedProcedure:
    """A ranked procedure: place from 1, score from 0 to 100, the contribution of each criterion, and its inputs."""

    place: int
    number: str
    title: str
    department: str
    score: float
    contributions: Sequence[float]
    minutes: int
    total: int | None
    source: CountSource


@dataclass(frozen=True)
class Ranking:
    """優先順位: the procedures of one department, or all, as rows of the inputs in their order, each with its place."""

    inputs: RankingInputs
    weights: Weights
    sections: Sections
    scores: Floats
    order: Rows
    places: Rows

    @classmethod
    def of(cls, inputs: RankingInputs, weights: Weights, sections: Sections, chosen: str) -> Self:
        """Return the ranking under some weights of the department of a code; of all for an empty code."""
        found = scores(inputs.parts, weights)
        order = ranked_rows(found)
        places = np.arange(1, len(order) + 1)
        if chosen:
            wanted = {pk for pk, (code, _) in sections.items() if code == chosen}
            shown = np.array([pk in wanted for pk in inputs.departments], dtype=bool)[order]
            order, places = order[shown], places[shown]
        return cls(inputs, weights, sections, found, order, places)

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[RankedProcedure]:
        """Yield the procedures from one position to another, the first at 0."""
        found, shares = self.inputs, self.weights.shares()
        shown = slice(start, stop)
        for place, row in zip(self.places[shown].tolist(), self.order[shown].tolist(), strict=True):
            yield RankedProcedure(
                place, found.numbers[row], found.titles[row], self.sections[found.departments[row]][1],
                float(self.scores[row]), (found.parts[row] * shares).tolist(), int(found.minutes[row]),
                *found.count_of(row),
            )  # fmt: skip


@dataclass(frozen=True)
class RankingPage:
    """One page of the ranking: its rows, how many there are in all, and the addresses of the pages beside it."""

    rows: Sequence[RankedProcedure]
    count: int
    first: int
    previous: str
    following: str

    @property
    def last(self) -> int:
        """The place of the last row among those shown on all pages."""
        return self.first + len(self.rows) - 1


def page_of(ranking: Ranking, query: QueryDict) -> RankingPage:
    """Return the page that an address asks for; one beyond the end is the last."""
    count = len(ranking.order)
    asked, pages = query.get("page", ""), max(1, -(-count // SIZE))
    number = min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 6 else 1
    start = (number - 1) * SIZE
    return RankingPage(
        list(ranking.rows(start, start + SIZE)), count, start + 1,
        _address(query, number - 1) if number > 1 else "", _address(query, number + 1) if number < pages else "",
    )  # fmt: skip


def sections_of(inputs: RankingInputs) -> dict[int | None, tuple[str, str]]:
    """Return code and name of every department of a ranked procedure, by code; 未定 stands last."""
    having = {each for each in inputs.departments if each is not None}
    found = Department.objects.filter(pk__in=having).order_by("code").values_list("pk", "code", "name")
    sections: dict[int | None, tuple[str, str]] = {pk: (code, name) for pk, code, name in found}
    return sections | ({None: ("none", "未定")} if None in inputs.departments else {})


def heads(criteria: Sequence[str]) -> list[str]:
    """Return the headings of the file."""
    return ["順位", "手続番号", "手続", "所管部署", "合計点", *criteria, "1件の負担(分)", "1年の件数", "件数の出どころ"]


def lines(ranking: Ranking) -> Iterator[list[object]]:
    """Yield the lines of the file."""
    for each in ranking.rows():
        points = [round(part, 1) for part in each.contributions]
        yield [
            each.place, each.number, each.title, each.department, round(each.score, 1), *points, each.minutes,
            each.total, str(each.source),
        ]  # fmt: skip


def _address(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"
