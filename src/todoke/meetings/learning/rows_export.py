"""Rows export 行の書出し: the rows of a municipality as a table without names, to show or to give to somebody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.japanese.personal_data import EVERY_KIND, masked
from todoke.meetings.learning.judged_rows import JudgedRow, judged_rows
from todoke.meetings.models.minutes import Minutes, Suggestion
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.runtime.refusals import NotAllowed
from todoke.spreadsheets.writer import csv_lines

HEADS = ("会議録", "行", "読取りの種類", "人の判断", "扱い", "言葉", "前の行", "後の行")
NAME_SHORTEST = 2
"""Letters of a part of a name that is masked wherever it stands."""


@dataclass(frozen=True)
class NameMask:
    """氏名の伏せ: masks what points to a person, and the names of everybody who has an account."""

    known: re.Pattern[str] | None

    @classmethod
    def of_staff(cls) -> "NameMask":
        """Return the mask with the names and parts of names of the accounts."""
        parts = {part for name in User.objects.values_list("name", flat=True) for part in [name, *name.split()]}
        names = sorted({each for each in parts if len(each) >= NAME_SHORTEST}, key=lambda each: (-len(each), each))
        return cls(re.compile("|".join(map(re.escape, names))) if names else None)

    def over(self, text: str) -> str:
        """Return the text with names and other personal data replaced by their kinds in brackets."""
        return masked(self.known.sub("〔氏名〕", text) if self.known else text, EVERY_KIND)


@dataclass(frozen=True)
class LearningRows:
    """教わった行の表: taken away by those who prepare meetings."""

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for anybody but the secretariat."""
        user = user_of(by)
        if user is None or not PREPARE_MEETING.held_by(user):
            raise NotAllowed("この表を取り出せるのは、会議の事務局です。要るときは、事務局に頼んでください。")

    def csv(self) -> str:
        """Return the table as CSV; minutes are numbered in it, not named."""
        return "".join(csv_lines(HEADS, self._rows()))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        rows, mask = judged_rows(), NameMask.of_staff()
        texts = {each.pk: each.lines for each in Minutes.objects.filter(pk__in={each.minutes for each in rows})}
        numbers = {minutes: number for number, minutes in enumerate(texts, 1)}
        for each in rows:
            yield self._row(each, numbers[each.minutes], texts[each.minutes], mask)

    def _row(self, each: JudgedRow, number: int, lines: list[str], mask: NameMask) -> tuple[object, ...]:
        kinds = {**dict(Suggestion.Kind.choices), "": "なし", "none": "なし"}
        before = lines[each.line - 2] if 2 <= each.line <= len(lines) else ""
        after = lines[each.line] if each.line < len(lines) else ""
        words = [mask.over(text) for text in (each.quote, before, after)]
        return (number, each.line, kinds[each.proposed], kinds[each.kind], each.origin.value, *words)
