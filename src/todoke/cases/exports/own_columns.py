"""Own columns 自分の表の列: the headings of a clerk's own sheet, in their order, filled from the table of answers.

A heading goes to a fact of the case, to a question, to a part of one, or to parts that belong in one cell; one that
goes nowhere stays, and its cells are blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from todoke.cases.exports.answer_table import OTHER_PAPERS, OTHER_PAPERS_LABEL, QUESTION, AnswerTable, TableRow
from todoke.cases.exports.case_facts import FACTS
from todoke.cases.models import Case
from todoke.cases.models.answer_export import BETWEEN
from todoke.formbuilder.answer_table.answer_cells import Cell
from todoke.formbuilder.answer_table.answer_columns import AnswerColumn
from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.models import FormDraft
from todoke.spreadsheets.heading_guesses import guess_headings, heading_key

MOST, LONGEST = 100, 100
WHOLES: Mapping[QuestionKind, Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    QuestionKind.NAME: {
        "*name": ("氏と名", ("family", "given"), ("", "氏名", "名前")),
        "*kana": ("フリガナ", ("family_kana", "given_kana"), ("フリガナ", "カナ", "よみがな")),
    },
    QuestionKind.ADDRESS: {"*address": ("住所の全部", ("region", "street", "building"), ("", "住所"))},
}
"""Parts that stand in one cell of most sheets: their label, the parts, and the words of their heading."""
WORDS = {
    "number": ("番号", "整理番号", "受付No"), "received": ("受付日時", "申請日", "受付年月日"),
    "applicant": ("申請者名",),
    "kana": ("申請者カナ",), "assignee": ("担当",), "paid": ("納付",), "fee": ("金額",),
}  # fmt: skip


@dataclass(frozen=True)
class OwnTarget:
    """自分の表の列の中身: what a column may hold, by the places of our columns and the words of its heading."""

    key: str
    label: str
    places: tuple[int, ...]
    words: frozenset[str]


def whole_table(form: FormDraft) -> AnswerTable:
    """Return the table of a form with every column that it has, repeated groups joined."""
    every = [*FACTS, *(QUESTION + column.question for column in AnswerTable(form).columns.every()), OTHER_PAPERS]
    return AnswerTable(form, every)


def targets_of(table: AnswerTable) -> list[OwnTarget]:
    """Return what a column may hold, in the order of the table."""
    found = [
        OwnTarget(key, FACTS[key].label, (at,), _keys(FACTS[key].label, *WORDS.get(key, ())))
        for at, key in enumerate(table.facts)
    ]
    places: dict[str, list[tuple[int, AnswerColumn]]] = {}
    for at, column in enumerate(table.inline, len(table.facts)):
        places.setdefault(column.question, []).append((at, column))
    for question, columns in places.items():
        found += _of_question(QUESTION + question, columns)
    return [*found, OwnTarget(OTHER_PAPERS, OTHER_PAPERS_LABEL, (len(table.heads()) - 1,), _keys(OTHER_PAPERS_LABEL))]


def _of_question(key: str, columns: Sequence[tuple[int, AnswerColumn]]) -> Iterator[OwnTarget]:
    _, first = columns[0]
    for whole, (label, parts, words) in WHOLES.get(first.kind, {}).items():
        held = tuple(at for part in parts for at, column in columns if column.part == part)
        whole_said = [word if word.startswith(first.asked) else f"{first.asked}{word}" for word in words]
        yield OwnTarget(f"{key}.{whole}", f"{first.title}: {label}", held, _keys(*whole_said, *filter(None, words)))
    for at, column in columns:
        name = f"{key}.{column.part}" if column.part else key
        said = (column.heading, f"{column.asked}{column.part_label}", *((column.part_label,) if column.part else ()))
        yield OwnTarget(name, column.heading, (at,), _keys(*said))


def _keys(*words: str) -> frozenset[str]:
    return frozenset(map(heading_key, words))


def headings_of(pasted: str) -> list[str]:
    """Return the headings of a pasted row of a sheet, or of lines, each once."""
    cells = [" ".join(cell.split())[:LONGEST] for line in pasted.splitlines() for cell in line.split("\t")]
    return list(dict.fromkeys(cell for cell in cells if cell))[:MOST]


def guess_own(headings: Sequence[str], targets: Sequence[OwnTarget], known: Mapping[str, str]) -> dict[str, str]:
    """Return what each heading likely holds: what was chosen for it last, else by its words; "" for nothing."""
    guessed = guess_headings(headings, {target.key: target.words for target in targets})
    there = {target.key for target in targets} | {""}
    return {head: known[head] if known.get(head, None) in there else guessed[head] for head in headings}


def written(chosen: Mapping[str, str]) -> list[str]:
    """Return headings and what they hold as an export keeps its columns."""
    return [f"{heading}{BETWEEN}{key}" for heading, key in chosen.items()]


class OwnTable:
    """自分の表: rows under the headings of a clerk's own sheet."""

    def __init__(self, form: FormDraft, chosen: Mapping[str, str]) -> None:
        self.table, self.chosen = whole_table(form), chosen
        held = {target.key: target.places for target in targets_of(self.table)}
        self._places = [held.get(key, ()) for key in chosen.values()]

    def heads(self) -> list[str]:
        """Return her headings."""
        return list(self.chosen)

    def group_heads(self) -> dict[str, tuple[str, list[str]]]:
        """Return nothing: repeated groups are joined in one cell."""
        return {}

    def rows(self, pks: Sequence[int], withheld: frozenset[int] = frozenset()) -> Iterator[tuple[Case, TableRow]]:
        """Yield each case of the ids with its row, as ``AnswerTable.rows`` does."""
        for case, row in self.table.rows(pks, withheld):
            yield case, TableRow([_cell([row.cells[at] for at in places]) for places in self._places])


def _cell(cells: Sequence[Cell]) -> Cell:
    """Return one cell as it is, and several as one text."""
    if len(cells) == 1:
        return cells[0]
    return " ".join(dict.fromkeys(str(cell) for cell in cells if cell not in (None, ""))) or None


def table_of(form: FormDraft, columns: Sequence[str], *, sheets: bool = False) -> AnswerTable | OwnTable:
    """Return the table of an export by the columns that it keeps."""
    own = dict(column.split(BETWEEN, 1) for column in columns if BETWEEN in column)
    return OwnTable(form, own) if own else AnswerTable(form, columns, sheets=sheets)
