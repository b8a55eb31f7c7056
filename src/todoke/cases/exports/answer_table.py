"""The table of answers 回答の表: chosen cases of all versions of a form, read in blocks, as rows of cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from todoke.cases.exports.case_facts import FACTS, NUMBER, RELATED, USUAL
from todoke.cases.models import Case
from todoke.formbuilder.answer_table.answer_cells import Cell, Reader, Typed, cell_of, joined_cell, reader_of
from todoke.formbuilder.answer_table.answer_columns import AnswerColumn, AnswerTableColumns, RepeatedGroup, columns_of
from todoke.formbuilder.answer_table.stored_answers import StoredAnswers, read_answers
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import FormDraft

BLOCK = 200
"""Cases whose answers are held at once."""
QUESTION = "q_"
OTHER_PAPERS = "papers"
OTHER_PAPERS_LABEL = "あとから求めた書類・代理人の書類"
WITHHELD = "画面で確かめてください"
CHANGES = {True: "新規", False: "補正"}


def form_columns(form: FormDraft) -> AnswerTableColumns:
    """Return the columns over every version of a form, the newest first."""
    return columns_of([version.parsed for version in form.versions.order_by("-number").defer("document")])


@dataclass(frozen=True)
class TableRow:
    """回答の表の行: the cells of one case, and for each repeated group the cells of its rows."""

    cells: list[Cell]
    groups: Mapping[str, list[list[Cell]]] = field(default_factory=dict)


class AnswerTable:
    """回答の表: which columns it has; ``rows`` reads any cases of the form.

    ``wanted`` are keys of columns: facts of the case, and questions as q_ID; all questions where none is named. With
    ``sheets`` the rows of repeated groups are kept apart, otherwise joined in one cell.
    """

    def __init__(self, form: FormDraft, wanted: Sequence[str] = (), *, sheets: bool = False) -> None:
        self.form, self.sheets = form, sheets
        every = form_columns(form)
        chosen = [key for key in FACTS if key in wanted] if wanted else list(USUAL)
        self.facts = [NUMBER, *(key for key in chosen if key != NUMBER)]
        asked = [key.removeprefix(QUESTION) for key in wanted if key.startswith(QUESTION)]
        self.columns = every.only(asked) if asked or not wanted else AnswerTableColumns((), ())
        self.has_other_papers = not wanted or OTHER_PAPERS in wanted
        self._known = frozenset(column.question for column in every.every())
        self._facts = [FACTS[key].value for key in self.facts]
        self._readers: list[tuple[str, str, Reader | None]] = [
            (each.question, each.group, None if each.kind is QuestionKind.FILE else reader_of(each))
            for each in self.inline
        ]
        self._group_of = {column.question: group.id for group in self.columns.groups for column in group.columns}

    @property
    def inline(self) -> list[AnswerColumn]:
        """The columns of answers in the main table."""
        return list(self.columns.single) if self.sheets else self.columns.every()

    def heads(self) -> list[str]:
        """Return the heads of the main table."""
        facts = [FACTS[key].label for key in self.facts]
        papers = [OTHER_PAPERS_LABEL] if self.has_other_papers else []
        return [*facts, *(column.heading for column in self.inline), *papers]

    def group_heads(self) -> dict[str, tuple[str, list[str]]]:
        """Return by the id of each repeated group the title and the heads of its table; none where they are joined."""
        if not self.sheets:
            return {}
        return {
            group.id: (group.title, [FACTS[NUMBER].label, "何番目", *(column.heading for column in group.columns)])
            for group in self.columns.groups
        }

    def rows(self, pks: Sequence[int], withheld: frozenset[int] = frozenset()) -> Iterator[tuple[Case, TableRow]]:
        """Yield each case of the ids, in their order, with its row; answers of ``withheld`` ids are left out."""
        for start in range(0, len(pks), BLOCK):
            block = pks[start : start + BLOCK]
            found = {case.pk: case for case in _cases().filter(pk__in=block)}
            answers = read_answers([case.submission for case in found.values()])
            for case in (found[pk] for pk in block if pk in found):
                yield case, self.row(case, answers[case.submission_id], withheld=case.pk in withheld)

    def row(self, case: Case, stored: StoredAnswers, *, withheld: bool = False) -> TableRow:
        """Return the row of a case; where it is withheld, of a protected person, without who it is and what it says."""
        if withheld:
            facts = [WITHHELD if FACTS[key].personal else FACTS[key].value(case) for key in self.facts]
            hidden: list[Cell] = [WITHHELD] * (len(self.heads()) - len(facts))
            return TableRow([*facts, *hidden], {group: [] for group in self.group_heads()})
        cells = [fact(case) for fact in self._facts]
        places = self._places(stored) if self._group_of else {}
        get, files = stored.answers.get, stored.files
        for question, group, read in self._readers:
            if group:
                rows = places.get(group, ())
                given = _as_texts(question, files, rows) if read is None else stored.answers
                cells.append(joined_cell(question, read or _first, given, rows))
            elif read is None:
                cells.append(_names(files.get((question, 0), ())))
            else:
                answered = get((question, 0))
                cells.append(read(answered) if answered else None)
        if self.has_other_papers:
            cells.append(self._other_papers(stored))
        groups = {
            group.id: [
                [case.number, count, *self._group_cells(group, stored, place)]
                for count, place in enumerate(places.get(group.id, ()), 1)
            ]
            for group in (self.columns.groups if self.sheets else ())
        }
        return TableRow(cells, groups)

    def _group_cells(self, group: RepeatedGroup, stored: StoredAnswers, place: int) -> Iterator[Cell]:
        for column in group.columns:
            key = (column.question, place)
            if column.kind is QuestionKind.FILE:
                yield _names(stored.files.get(key, ()))
            else:
                yield cell_of(column, stored.answers.get(key, ()))

    def _other_papers(self, stored: StoredAnswers) -> Cell:
        return _names([name for key, found in stored.files.items() if key[0] not in self._known for name in found])

    def _places(self, stored: StoredAnswers) -> dict[str, list[int]]:
        """Return by repeated group the numbers of its answered rows."""
        found: dict[str, set[int]] = {}
        for key in (*stored.answers, *stored.files):
            group = self._group_of.get(key[0])
            if group is not None:
                found.setdefault(group, set()).add(key[1])
        return {group: sorted(rows) for group, rows in found.items()}


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related(*RELATED).defer("submission__version__document")


def _as_texts(
    question: str, files: Mapping[tuple[str, int], Sequence[str]], rows: Sequence[int]
) -> dict[tuple[str, int], list[Typed]]:
    """Return the names of the papers of a repeated group as if they were typed."""
    named = {(question, row): "、".join(files.get((question, row), ())) for row in rows}
    return {key: [("", names, "")] for key, names in named.items() if names}


def _first(rows: Sequence[Typed]) -> Cell:
    return rows[0][1]


def _names(names: Sequence[str]) -> Cell:
    return "、".join(names) or None
