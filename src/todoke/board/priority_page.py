"""The ranking 優先順位 as this face shows it: one page of it, of one department if chosen, and its lines in a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from todoke.roadmaps.ranking import RankedProcedure
from todoke.roadmaps.ranking_inputs import ProcedureInput

SIZE = 100
Row = tuple[RankedProcedure, ProcedureInput]


@dataclass(frozen=True)
class RankingPage:
    """One page of the ranking: its rows, how many there are in all, and the addresses of the pages beside it."""

    rows: Sequence[Row]
    count: int
    first: int
    previous: str
    following: str

    @property
    def last(self) -> int:
        """The place of the last row among those shown on all pages."""
        return self.first + len(self.rows) - 1


def page_of(rows: Sequence[Row], query: QueryDict) -> RankingPage:
    """Return the page that an address asks for; one beyond the end is the last."""
    asked, pages = query.get("page", ""), max(1, -(-len(rows) // SIZE))
    number = min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 6 else 1
    start = (number - 1) * SIZE
    return RankingPage(
        rows[start : start + SIZE], len(rows), start + 1,
        _address(query, number - 1) if number > 1 else "", _address(query, number + 1) if number < pages else "",
    )  # fmt: skip


def departments(found: Sequence[ProcedureInput]) -> list[tuple[str, str]]:
    """Return code and name of every department with a procedure, by code; those without stand last."""
    known = {each.department_code: each.department for each in found}
    return sorted(known.items(), key=lambda pair: (pair[0] == "none", pair[0]))


def heads(criteria: Sequence[str]) -> list[str]:
    """Return the headings of the file."""
    return ["順位", "手続番号", "手続", "所管部署", "合計点", *criteria, "1件の負担(分)", "1年の件数", "件数の出どころ"]


def lines(rows: Sequence[Row]) -> Iterator[list[object]]:
    """Yield the lines of the file."""
    for ranked, each in rows:
        points = [round(part, 1) for part in ranked.contributions]
        yield [
            ranked.place, ranked.ranking_input.number, each.title, each.department, round(ranked.score, 1), *points,
            each.minutes, each.total, str(each.source),
        ]  # fmt: skip


def _address(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"
