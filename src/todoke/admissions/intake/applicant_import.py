"""Applicant import 申込児童の取込: households, children, wishes and facts of a table, all of them or none."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.models import ApplicantChild, ChildcareFacility, Household, ScoringFact, SelectionRound
from todoke.admissions.models.selection_round import require_runner
from todoke.admissions.points.rule_document import Fact
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

HEADS = ("世帯番号", "保護者の氏名", "保護者の数", "申込番号", "児童の氏名", "生年月日", "クラス")
WISHES = tuple(f"第{rank}希望" for rank in range(1, 21))
NAMED = 10
_YES = {"はい": "yes", "いいえ": "no", "有": "yes", "無": "no", "○": "yes"}
_DIGITS = re.compile(r"[^0-9-]")
_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,20}")


@dataclass
class _Reading:
    """読み取った表: the rows with what is wrong, and the facts of the rules by their headings."""

    of: SelectionRound
    facilities: dict[str, ChildcareFacility]
    facts: dict[str, tuple[Fact, int]]
    wrong: list[str] = field(default_factory=list)

    def fault(self, line: int, said: str) -> None:
        self.wrong.append(f"{line}行目: {said}")


def fact_heads(of: SelectionRound) -> dict[str, tuple[Fact, int]]:
    """Return the headings of facts: 保護者1: 1か月の就労日数, or the label of a fact of household and child."""
    found = dict[str, tuple[Fact, int]]()
    for fact in of.rule_version.rules.facts:
        if fact.origin == "computed":
            continue
        for number in (1, 2) if fact.about == "guardian" else (0,):
            found[f"保護者{number}: {fact.label}" if number else fact.label] = (fact, number)
    return found


@transaction.atomic
def import_applicants(of: SelectionRound, content: bytes, *, by: User) -> int:
    """取込: add every row of a table as a child; return how many. One audit entry each.

    Raises NotAllowed, Closed, Unreadable for what is no table, Refused with the first faulty lines, taking nothing.
    """
    require_runner(of.scheme, by)
    facts = fact_heads(of)
    wanted = (Headings(tuple((head,) for head in HEADS), known=(*WISHES, "住所", "いま通う施設", *facts)),)
    names = {each.name: each for each in of.scheme.facilities.all()}
    reading = _Reading(of, names | {each.code: each for each in names.values()}, facts)
    rows = list(read_bounded(read_table, content, wanted).records())
    seen = set(of.children.values_list("number", flat=True))
    for line, cells in rows:
        _check(reading, line, cells, seen)
        seen.add(cells["申込番号"])
    if reading.wrong:
        more = f"ほか{len(reading.wrong) - NAMED}行。" if len(reading.wrong) > NAMED else ""
        raise Refused("何も取り込んでいません。" + "、".join(reading.wrong[:NAMED]) + f"。{more}")
    for _, cells in rows:
        _register(reading, cells, by)
    return len(rows)


def _check(reading: _Reading, line: int, cells: dict[str, str], seen: set[str]) -> None:
    number = cells["申込番号"]
    if not _NUMBER.fullmatch(number) or not _NUMBER.fullmatch(cells["世帯番号"]):
        reading.fault(line, "申込番号と世帯番号は、半角の英数字20字までにしてください")
    elif number in seen:
        reading.fault(line, f"申込番号{number}が二度あります")
    if parse_cell_date(cells["生年月日"]) is None:
        reading.fault(line, "生年月日が読めません")
    if _class(cells) not in reading.of.scheme.classes:
        reading.fault(line, "クラスが、この制度にありません")
    if parse_integer(cells["保護者の数"]) not in {1, 2}:
        reading.fault(line, "保護者の数は、1か2にしてください")
    wished = [cells[head] for head in WISHES if cells.get(head)]
    unknown = [name for name in [*wished, cells.get("いま通う施設", "")] if name and name not in reading.facilities]
    if unknown:
        reading.fault(line, f"知らない施設({unknown[0]})があります")
    elif len({reading.facilities[name].pk for name in wished}) != len(wished):
        reading.fault(line, "同じ施設が二度あります")


def _class(cells: dict[str, str]) -> int | None:
    return parse_integer(cells["クラス"].removesuffix("歳児").removesuffix("年生"))


def _register(reading: _Reading, cells: dict[str, str], by: User) -> None:
    of = reading.of
    home = of.households.filter(number=cells["世帯番号"]).first() or Household.register(
        of, number=cells["世帯番号"], name=cells["保護者の氏名"], address=cells.get("住所", ""),
        guardians=parse_integer(cells["保護者の数"]) or 1, by=by,
    )  # fmt: skip
    current = cells.get("いま通う施設", "")
    child = ApplicantChild.register(
        home, number=cells["申込番号"], name=cells["児童の氏名"], age_class=_class(cells) or 0,
        born_on=parse_cell_date(cells["生年月日"]) or date.min, current=reading.facilities.get(current),
        wishes=[reading.facilities[cells[head]] for head in WISHES if cells.get(head)], by=by,
    )  # fmt: skip
    known = set(home.facts.filter(superseded_at=None, child=None).values_list("key", "guardian"))
    for fact, number, value in _given(reading, cells):
        own = child if fact.about == "child" else None
        if number <= home.guardians and (own is not None or (fact.id, number) not in known):
            evidence = "取り込んだ表" if fact.origin == "staff" else ""
            ScoringFact.write(
                home, fact.id, value, by=by, guardian=number, child=own, origin=fact.origin, evidence=evidence
            )


def _given(reading: _Reading, cells: dict[str, str]) -> Iterator[tuple[Fact, int, str]]:
    """Yield the facts of a row with their values; an option by its label, a number without its unit."""
    for head, (fact, number) in reading.facts.items():
        text = cells.get(head, "")
        if text:
            labels = {label: key for key, label in fact.options.items()} | (_YES if fact.kind == "yes" else {})
            plain = _DIGITS.sub("", unicodedata.normalize("NFKC", text)) if fact.kind == "number" else text
            yield fact, number, labels.get(text, plain)
