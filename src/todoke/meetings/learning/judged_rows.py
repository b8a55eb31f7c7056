"""Judged rows 教わった行: what people accepted, corrected, dismissed and wrote in, read from what is kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from todoke.meetings.models.commitment import Commitment
from todoke.meetings.models.minutes import Decision, Minutes, Suggestion
from todoke.runtime.refusals import NotYet

_Missed = tuple[int, int | None, str, str, str]
FEWEST_MINUTES, FEWEST_ROWS, FEWEST_TAUGHT = 3, 30, 5
"""Minutes, rows, and rows in which a person said something else than the program, from which it is worth learning."""


class Origin(StrEnum):
    """扱い: how a row came about."""

    ACCEPTED = "採用"
    CORRECTED = "直して採用"
    DISMISSED = "見送り"
    MISSED = "書き足し"


@dataclass(frozen=True)
class JudgedRow:
    """教わった行: a sentence of minutes with what was proposed ("" is nothing) and what a person made of it.

    ``kind`` is a kind of ``Suggestion`` or "none"; ``what`` are the words of the person.
    """

    minutes: int
    line: int
    quote: str
    proposed: str
    kind: str
    origin: Origin
    what: str = ""


def judged_rows() -> list[JudgedRow]:
    """Return every row of the municipality, in the order of minutes and lines."""
    of_meeting = dict(Minutes.objects.order_by("pk").values_list("meeting_id", "pk"))
    decisions = list(Decision.objects.order_by("pk"))
    decided = {each.suggestion_id: each for each in decisions if each.suggestion_id}
    owed: dict[tuple[int, int | None, str], list[Commitment]] = defaultdict(list)
    for each in Commitment.objects.order_by("pk"):
        owed[each.meeting_id, each.line, each.quote].append(each)
    rows = [_judged(each, decided, owed) for each in _judged_suggestions()]
    missed: list[_Missed] = [
        (each.meeting_id, each.line, each.quote, Suggestion.Kind.DECISION.value, each.text)
        for each in decisions
        if each.suggestion_id is None
    ]
    missed += [
        (each.meeting_id, each.line, each.quote, each.kind, each.what) for left in owed.values() for each in left
    ]
    rows += [
        JudgedRow(of_meeting[meeting], line, quote, "", kind, Origin.MISSED, what)
        for meeting, line, quote, kind, what in missed
        if line and meeting in of_meeting
    ]
    return sorted(rows, key=lambda each: (each.minutes, each.line))


def _judged_suggestions() -> Iterable[Suggestion]:
    found = Suggestion.objects.exclude(status=Suggestion.Status.PROPOSED).order_by("minutes_id", "number")
    return found.select_related("minutes").defer("minutes__text", "minutes__reading")


def _judged(
    each: Suggestion, decided: dict[int, Decision], owed: dict[tuple[int, int | None, str], list[Commitment]]
) -> JudgedRow:
    """Return the row of a suggestion; what it became is taken out of what was ``owed``."""
    if each.status == Suggestion.Status.PASSED:
        return JudgedRow(each.minutes_id, each.line, each.quote, each.kind, "none", Origin.DISMISSED)
    kind, what = str(each.kind), each.what
    waiting = owed[each.minutes.meeting_id, each.line, each.quote]
    if each.pk in decided:
        kind, what = Suggestion.Kind.DECISION.value, decided[each.pk].text
    elif waiting:
        made = waiting.pop(0)
        kind, what = made.kind, made.what
    is_same = (kind, what) == (each.kind, each.what)
    origin = Origin.ACCEPTED if is_same else Origin.CORRECTED
    return JudgedRow(each.minutes_id, each.line, each.quote, each.kind, kind, origin, what)


@dataclass(frozen=True)
class RowCounts:
    """教わった行の数: rows by how they came about, and the minutes that they are from."""

    by_origin: dict[Origin, int]
    minutes: int
    taught: int

    @classmethod
    def of(cls, rows: list[JudgedRow]) -> "RowCounts":
        """Count the rows; ``taught`` are those in which a person said something else than the program."""
        counted = Counter(each.origin for each in rows)
        taught = sum(each.kind != (each.proposed or "none") for each in rows)
        return cls({origin: counted[origin] for origin in Origin}, len({each.minutes for each in rows}), taught)

    @property
    def rows(self) -> int:
        return sum(self.by_origin.values())

    @property
    def shortfall(self) -> str:
        """What is missing before it is worth learning, as a sentence, or ""."""
        if self.minutes >= FEWEST_MINUTES and self.rows >= FEWEST_ROWS and self.taught >= FEWEST_TAUGHT:
            return ""
        return (
            f"まだ学習できません。会議録{FEWEST_MINUTES}件、確かめた行{FEWEST_ROWS}行、そのうち読取りと違う判断"
            f"(見送り・種類の訂正・書き足し){FEWEST_TAUGHT}行から学習できます。"
            f"いまは会議録{self.minutes}件、{self.rows}行、違う判断{self.taught}行です。"
        )

    def require_enough(self) -> None:
        """Raises NotYet in words while there are too few rows to learn from."""
        if self.shortfall:
            raise NotYet(self.shortfall)
