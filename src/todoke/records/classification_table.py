"""Classification table 文書分類表: its lines as plain data, with checks and comparison. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from todoke.records.retention import CALENDAR, FISCAL, NEXT_DAY, PERMANENT, YEARS

CASES, DECISIONS = "SHOBUN", "KIAN"
STARTS = (CALENDAR, FISCAL, NEXT_DAY)


@dataclass(frozen=True)
class ClassificationLine:
    """文書分類の一行: a class with its retention in years; ``matter`` is the kind of case filed here automatically."""

    code: str
    name: str
    years: int
    start_rule: str = FISCAL
    parent: str = ""
    matter: str = ""
    basis: str = ""

    @property
    def period(self) -> str:
        """The retention period in Japanese: 永年 or N年."""
        return "永年" if self.years == PERMANENT else f"{self.years}年"


INITIAL = (
    ClassificationLine(CASES, "申請に対する処分", 5, basis="文書管理規程(初期設定)"),
    ClassificationLine(DECISIONS, "起案・決裁", 5, basis="文書管理規程(初期設定)"),
)


def from_document(document: Sequence[Mapping[str, Any]]) -> list[ClassificationLine]:
    """Return the lines of JSON data made by ``to_document``."""
    return [ClassificationLine(**line) for line in document]


def to_document(lines: Sequence[ClassificationLine]) -> list[dict[str, Any]]:
    """Return the lines as JSON data, ordered by code."""
    return [asdict(line) for line in sorted(lines, key=lambda line: line.code)]


def table_problems(lines: Sequence[ClassificationLine]) -> list[str]:
    """Return the problems that keep a table from being published, in Japanese."""
    codes = [line.code for line in lines]
    found = [f"分類記号 {code} が二つあります。" for code in sorted({code for code in codes if codes.count(code) > 1})]
    found += [
        f"「{name}」({code})がありません。終わった{what}を綴る先が必要です。"
        for code, name, what in (
            (CASES, "申請に対する処分", "案件"),
            (DECISIONS, "起案・決裁", "起案"),
        )
        if code not in codes
    ]
    matters = [line.matter for line in lines if line.matter]
    found += [
        f"件名の種類「{matter}」を綴る先が二つあります。"
        for matter in sorted({matter for matter in matters if matters.count(matter) > 1})
    ]
    for line in lines:
        if line.years not in YEARS or line.start_rule not in STARTS:
            found.append(f"{line.code}: 保存期間と起算を選んでください。")
        if line.parent and line.parent not in codes:
            found.append(f"{line.code}: 上位の分類 {line.parent} が表にありません。")
        if line.parent and _turns_in_circles(line, lines):
            found.append(f"{line.code}: 上位の分類をたどると、自分に戻ります。")
    return found


def _turns_in_circles(line: ClassificationLine, lines: Sequence[ClassificationLine]) -> bool:
    above = {each.code: each.parent for each in lines}
    seen, here = {line.code}, line.parent
    while here:
        if here in seen:
            return True
        seen.add(here)
        here = above.get(here, "")
    return False


@dataclass(frozen=True)
class ClassificationChange:
    """変更: a line that is added, removed or changed, before and after."""

    act: str
    code: str
    before: str
    after: str


def line_sentence(line: ClassificationLine, starts: Mapping[str, str]) -> str:
    """Return a line as one Japanese sentence."""
    parts = [line.name, line.period, starts.get(line.start_rule, line.start_rule)]
    if line.matter:
        parts.append(f"種類「{line.matter}」")
    if line.parent:
        parts.append(f"上位 {line.parent}")
    return "、".join(parts)


def table_changes(
    before: Sequence[ClassificationLine], after: Sequence[ClassificationLine], starts: Mapping[str, str]
) -> list[ClassificationChange]:
    """Return the changes from one table to another, by code."""
    old = {line.code: line_sentence(line, starts) for line in before}
    new = {line.code: line_sentence(line, starts) for line in after}
    found = []
    for code in sorted({*old, *new}):
        act = "加わる" if code not in old else "なくなる" if code not in new else "変わる"
        if old.get(code) != new.get(code):
            found.append(ClassificationChange(act, code, old.get(code, ""), new.get(code, "")))
    return found
