"""Row parser 行の読取り: cells become typed values, or defects with line, problem and remedy."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.jp import in_ as my_number

from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.organization.models import Department
from todoke.procedures import codes
from todoke.procedures.models import Code, install_code_tables
from todoke.procedures.survey_columns import CODE, CODES, COUNT, DAY, DEPARTMENT, NUMBER, Column, HeaderMapping
from todoke.runtime.refusals import Unreadable

MOST_COUNT = 2_000_000_000
NULLABLE = {"national_id"}
_SEPARATOR = re.compile(r"[;;\n]")
_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"P-\d{6}")


@dataclass(frozen=True)
class CellDefect:
    """不備: one invalid cell: line as in Excel, column, value, problem and remedy."""

    line: int
    column: str
    value: str
    problem: str
    remedy: str


@dataclass
class ParsedRow:
    """One row of a file: typed values by field, code ids by table, and its defects."""

    line: int
    number: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    chosen: dict[str, frozenset[int]] = field(default_factory=dict)
    defects: list[CellDefect] = field(default_factory=list)


class UnreadableCell(Unreadable):
    """A cell that cannot be parsed, with problem and remedy for the user."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class RowParser:
    """Parses the rows of one file; reads the code tables and departments once."""

    def __init__(self, matching: HeaderMapping, *, learn: bool, departments: Mapping[str, int] | None = None) -> None:
        install_code_tables()
        self.matching = matching
        self.learn = learn
        self.code_ids = {(code.table, code.key): code.pk for code in Code.objects.all()}
        self.departments: dict[str, int] = {}
        for department in Department.objects.all():
            self.departments[codes.normalize_label(department.name)] = department.pk
            self.departments[codes.normalize_label(department.code)] = department.pk
        self.departments |= departments or {}
        self.unknown_departments: dict[str, None] = {}
        self._choices: dict[tuple[str, str], frozenset[int]] = {}

    def parse(self, line: int, cells: list[str]) -> ParsedRow:
        """Return a parsed row; with defects it holds what could be parsed."""
        row = ParsedRow(line)
        for position, column in self.matching.columns.items():
            cell = cells[position].strip() if position < len(cells) else ""
            try:
                self._take(row, column, cell)
            except UnreadableCell as refusal:
                row.defects.append(CellDefect(line, column.header, _shown(cell), refusal.problem, refusal.remedy))
        self._check_whole(row)
        return row

    def _take(self, row: ParsedRow, column: Column, cell: str) -> None:
        value = self.value(column, cell)
        if column.holds == CODES:
            row.chosen[column.name] = value
        elif column.holds == NUMBER:
            row.number = value
        else:
            row.values["department_id" if column.holds == DEPARTMENT else column.name] = value

    def value(self, column: Column, cell: str) -> Any:
        """Return the typed value of a cell by what its column holds. Raises UnreadableCell."""
        if column.holds == CODES:
            return self._several(column.table, cell)
        if column.holds == DEPARTMENT:
            return self._department(cell)
        if column.holds == CODE:
            return _one(column.table, cell)
        plain = {NUMBER: _number, COUNT: _count, DAY: _day}.get(column.holds)
        return plain(cell) if plain else _text(column, cell)

    def _check_whole(self, row: ParsedRow) -> None:
        total, online = row.values.get("total_count"), row.values.get("online_count")
        if total is not None and online is not None and online > total:
            remedy = "どちらかの件数を直してください。分からない件数は空欄にしてください(0 とは別です)。"
            problem = f"オンライン手続件数が総手続件数({total:,})より多くなっています。"
            row.defects.append(CellDefect(row.line, "オンライン手続件数", f"{online:,}", problem, remedy))
        if not row.values.get("title") and not any(defect.column == "手続名" for defect in row.defects):
            row.defects.append(CellDefect(row.line, "手続名", "", "手続名がありません。", "手続名を入れてください。"))

    def _department(self, cell: str) -> int | None:
        if not cell:
            return None
        if found := self.departments.get(codes.normalize_label(cell)):
            return found
        self.unknown_departments[cell[:200]] = None
        remedy = "部署一覧にある名前かコードを入れるか、「読み替えを決める」で台帳の部署を選んでください。"
        raise UnreadableCell("この名前やコードの部署はありません。", remedy)

    def _several(self, table: str, cell: str) -> frozenset[int]:
        if not cell:
            return frozenset()
        if (table, cell) not in self._choices:
            texts = [text.strip() for text in _SEPARATOR.split(cell)]
            self._choices[table, cell] = frozenset(self._code(table, text) for text in texts if text)
        return self._choices[table, cell]

    def _code(self, table: str, text: str) -> int:
        known = codes.tables()[table]
        key = known.find(text)
        if key is None and known.open:
            return self._newcomer(table, text[:200])
        if key is None:
            raise _no_such_choice(known, text)
        return self.code_ids[table, key]

    def _newcomer(self, table: str, key: str) -> int:
        """Return the id of a new choice of an open table; in a preview a negative placeholder."""
        if (table, key) not in self.code_ids:
            place = 1000 + len(self.code_ids)
            fields = {"label": key, "position": place}
            self.code_ids[table, key] = (
                Code.objects.get_or_create(table=table, key=key, defaults=fields)[0].pk if self.learn else -place
            )
        return self.code_ids[table, key]


def _one(table: str, cell: str) -> str:
    if not cell:
        return ""
    known = codes.tables()[table]
    key = known.find(cell)
    if key is not None:
        return key
    if len(_SEPARATOR.split(cell)) > 1:
        raise UnreadableCell("一つだけ選ぶ項目に、二つ以上の値があります。", "主なものを一つだけ残してください。")
    raise _no_such_choice(known, cell)


def _no_such_choice(table: codes.Table, text: str) -> UnreadableCell:
    labels = "」「".join(row.label for row in table.rows)
    return UnreadableCell(f"「{table.name}」にこの選択肢はありません。", f"次から選んでください: 「{labels}」"[:300])


def _count(cell: str) -> int | None:
    text = cell.strip().removesuffix("件")
    if not text:
        return None
    number = parse_integer(text)
    if number is None or number < 0:
        if text.isdecimal():
            raise _too_many()
        raise UnreadableCell(
            "件数は0以上の整数で書きます。", "数字だけにしてください。分からないときは空欄にしてください。"
        )
    if number > MOST_COUNT:
        raise _too_many()
    return number


def _too_many() -> UnreadableCell:
    return UnreadableCell("件数としては桁が多すぎます。", "別の項目の番号が入っていないか確かめてください。")


def _day(cell: str) -> date | None:
    if not cell.strip():
        return None
    if found := parse_cell_date(cell):
        return found
    raise UnreadableCell("日付として読めません。", "2026-11-22 か 令和8年11月22日 の形で書いてください。")


def _number(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).upper()
    if text and not _NUMBER.fullmatch(text):
        raise UnreadableCell("手続番号の形(P-000123)ではありません。", "新しい手続なら空欄にしてください。")
    return text


def _text(column: Column, cell: str) -> str | None:
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        raise UnreadableCell("目に見えない制御文字が入っています。", "この値を打ち直してください。")
    if column.limit and len(text) > column.limit:
        raise UnreadableCell(f"長すぎます({len(text)}字)。", f"{column.limit}字までにしてください。")
    if contains_my_number(text):
        raise UnreadableCell(
            "マイナンバーと思われる12桁の番号が入っています。", "この番号を消してください。手続の一覧には書けません。"
        )
    return None if not text and column.name in NULLABLE else text


def contains_my_number(text: str) -> bool:
    """Return whether a text contains twelve digits with the check digit of an individual number (個人番号)."""
    if len(text) < 12:
        return False
    return any(my_number.is_valid(digits) for digits in _TWELVE_DIGITS.findall(unicodedata.normalize("NFKC", text)))


def _shown(cell: str) -> str:
    """Return a cell as shown in a defect, with anything like an individual number masked."""
    return _TWELVE_DIGITS.sub("●" * 12, unicodedata.normalize("NFKC", cell))[:200]
