"""The journey 申請の道すじ: pages shown, what is missing or wrong, what was answered. Pure: no database, no clock.

Answers are keyed by ``Spot(question id, row)``; row 0 outside repeating groups, 1 and up inside them.
The answer to a question that is not shown is absent: for conditions, for checks, for the summary and for submission.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from todoke.formbuilder.document.conditions import Condition, Sight, figures, holds
from todoke.formbuilder.document.formulas import Figures, computed
from todoke.formbuilder.document.question_types import Value, findings, is_blank, normals, warnings, written
from todoke.formbuilder.document.structure import SAYING, Document, Group, Kind, Page, Paper, Question, Required


class Spot(NamedTuple):
    """答える場所: a question, and the row of its repeating group (0 outside)."""

    question: str
    row: int = 0


Answers = Mapping[Spot, Value]


@dataclass(frozen=True)
class Problem:
    """直すところ: where, and what to do. A warning does not stop the applicant."""

    question: str
    message: str
    row: int = 0
    part: str = ""
    page: str = ""
    warning: bool = False


@dataclass(frozen=True)
class SummaryRow:
    """確認の一行: a question with its answer in words."""

    question: Question
    row: int
    label: str
    text: str
    value: Value | None
    page: str
    heading: str = ""

    @property
    def place(self) -> str:
        """Name the question and its row in an address."""
        return f"{self.question.id}-{self.row}"


@dataclass
class Journey:
    """申請の道すじ: one document with one set of answers on a day.

    ``staff`` also sees the office's questions; ``edition`` is the number of the form version that is shown.
    """

    document: Document
    answers: Answers
    on: date
    staff: bool = False
    edition: int = 0
    _shown: dict[Spot, bool] = field(default_factory=dict)
    _asking: set[Spot] = field(default_factory=set)
    _rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _results: dict[Spot, Value | None] = field(default_factory=dict)

    def pages(self) -> list[Page]:
        """Return the pages that are shown: those whose condition holds and that show at least one question."""
        return [page for page in self.document.pages if self._page_shown(page)]

    def rows(self, group: Group) -> tuple[int, ...]:
        """Return the rows of a group that have answers, filled up to its least number; (0,) when it does not repeat."""
        if group.repeat is None:
            return (0,)
        if group.id not in self._rows:
            ids = {question.id for question in group.questions}
            found = {spot.row for spot, value in self.answers.items() if spot.question in ids and not is_blank(value)}
            fresh = (number for number in range(1, 1000) if number not in found)
            while len(found) < group.repeat.least:
                found.add(next(fresh))
            self._rows[group.id] = tuple(sorted(found))
        return self._rows[group.id]

    def shown(self, question_id: str, row: int = 0) -> bool:
        """Tell whether a question is asked: its own, its group's and its page's conditions hold."""
        spot = Spot(question_id, row)
        if spot not in self._shown:
            if spot in self._asking:
                return False
            self._asking.add(spot)
            page, group, question = self.document.by_id[question_id]
            mine = self.staff or question.required is not Required.STAFF
            conditions = (page.when, group.when, question.when)
            self._shown[spot] = mine and all(self._holds(when, row, group) for when in conditions)
            self._asking.discard(spot)
        return self._shown[spot]

    def spots(self, page: Page) -> Iterator[tuple[Group, Question, int]]:
        """Yield every shown question of a page, row by row."""
        for group in page.groups:
            for row in self.rows(group):
                for question in group.questions:
                    if self.shown(question.id, row):
                        yield group, question, row

    def value(self, question_id: str, row: int = 0) -> Value | None:
        """Return an answer, or None when it is hidden or blank; a calculated one is computed, whatever is stored."""
        if self.document.question(question_id).formula is not None:
            return self._result(Spot(question_id, row))
        found = self.answers.get(Spot(question_id, row))
        return None if found is None or is_blank(found) or not self.shown(question_id, row) else found

    def _result(self, spot: Spot) -> Value | None:
        if spot not in self._results:
            self._results[spot] = None
            _, group, question = self.document.by_id[spot.question]
            if question.formula is not None and self.shown(*spot):
                number = computed(question.formula, self._figures(spot.row, group))
                self._results[spot] = None if number is None else str(number)
        return self._results[spot]

    def _figures(self, row: int, own: Group) -> Figures:
        """What a formula sees: from inside a repeating group its own row, in totals and from outside every row."""
        return Figures(
            one=lambda asked: only(figures(self._sight(asked, row, own))),
            every=lambda asked: figures(self._sight(asked, 0, None)),
            age=lambda asked: only(list(self._sight(asked, row, own).ages)),
            rows=self._count,
            holds=lambda when: self._holds(when, row, own),
        )

    def _count(self, group_id: str) -> int:
        page = next((page for page in self.document.pages if group_id in {group.id for group in page.groups}), None)
        if page is None:
            return 0
        group = self.document.group(group_id)
        return len(self.rows(group)) if self._holds(page.when) and self._holds(group.when) else 0

    def for_office(self) -> "Journey":
        """Return the same way as the office sees it, with the questions that only staff answer."""
        return Journey(self.document, self.answers, self.on, staff=True, edition=self.edition)

    def present(self) -> dict[Spot, Value]:
        """Return the answers that count: shown and not blank, in the order of the document."""
        found: dict[Spot, Value] = {}
        for page in self.pages():
            for __, question, row in self.spots(page):
                value = self.value(question.id, row)
                if value is not None:
                    found[Spot(question.id, row)] = value
        return found

    def problems(self, page: Page | None = None) -> list[Problem]:
        """Return what is missing or wrong on one page, or on all that are shown; warnings included."""
        pages = [page] if page else self.pages()
        return [problem for shown in pages for problem in self._page_problems(shown)]

    def papers(self) -> list[Paper]:
        """Return the papers that this applicant needs."""
        return [paper for paper in self.document.papers if self._holds(paper.when)]

    def summary(self) -> list[tuple[Page, list[SummaryRow]]]:
        """Return what was answered, page by page, in words; an unanswered optional question reads empty."""
        return [(page, list(self._summary_rows(page))) for page in self.pages()]

    def next_page(self, page_id: str) -> Page | None:
        """Return the shown page after one; None after the last."""
        after = self._from(page_id)
        return after[0] if after else None

    def previous_page(self, page_id: str) -> Page | None:
        before = [page for page in self.pages() if self._order(page.id) < self._order(page_id)]
        return before[-1] if before else None

    def first_unfinished(self) -> Page | None:
        """Return the first shown page that stops the applicant; None when all are complete."""
        for page in self.pages():
            if any(not problem.warning for problem in self.problems(page)):
                return page
        return None

    def _from(self, page_id: str) -> list[Page]:
        return [page for page in self.pages() if self._order(page.id) > self._order(page_id)]

    def _order(self, page_id: str) -> int:
        return next(index for index, page in enumerate(self.document.pages) if page.id == page_id)

    def _page_shown(self, page: Page) -> bool:
        return any(True for _ in self.spots(page)) or any(
            group.repeat is not None and self._holds(page.when) and self._holds(group.when) for group in page.groups
        )

    def _holds(self, when: Condition | None, row: int = 0, own: Group | None = None) -> bool:
        return when is None or holds(when, lambda question_id: self._sight(question_id, row, own))

    def _sight(self, question_id: str, row: int, own: Group | None) -> Sight:
        """See a question from a row: the same row of its own group, or every row from outside."""
        if question_id not in self.document.by_id:
            return Sight()
        _, group, question = self.document.by_id[question_id]
        rows = (row,) if row and group is own else self.rows(group)
        texts: list[str] = []
        for number in rows:
            texts.extend(normals(question, self.value(question_id, number)))
        ages = tuple(_age(text, self.on) for text in texts) if question.kind is Kind.DATE else ()
        return Sight(tuple(texts), ages)

    def _page_problems(self, page: Page) -> Iterator[Problem]:
        for group in page.groups:
            most = group.repeat.most if group.repeat else 1
            if len(self.rows(group)) > most:
                message = _("%(most)d件までにしてください。") % {"most": most}
                yield Problem(group.questions[0].id, message, page=page.id)
        for __, question, row in self.spots(page):
            value = self.value(question.id, row)
            if value is None:
                yield from self._missing(question, row, page.id)
                continue
            for part, message in findings(question, value):
                yield Problem(question.id, message, row, part, page.id)
            for part, message in warnings(question, value):
                yield Problem(question.id, message, row, part, page.id, warning=True)

    def _missing(self, question: Question, row: int, page_id: str) -> Iterator[Problem]:
        if question.kind in SAYING or question.required is Required.NO:
            return
        soft = question.required in {Required.SOFT, Required.STAFF}
        yield Problem(question.id, missing_message(question, soft=soft), row, page=page_id, warning=soft)

    def _summary_rows(self, page: Page) -> Iterator[SummaryRow]:
        for group, question, row in self.spots(page):
            if question.kind is Kind.INFORMATION:
                continue
            value = self.value(question.id, row)
            number = self.rows(group).index(row) + 1
            heading = f"{group.repeat.noun} {number}" if group.repeat else group.title
            yield SummaryRow(question, row, question.label, written(question, value), value, page.id, heading)


def only(numbers: list[int]) -> int | None:
    """Return the number where there is exactly one."""
    return numbers[0] if len(numbers) == 1 else None


def missing_message(question: Question, *, soft: bool = False) -> str:
    """Say what to do about an answer that is missing."""
    asked = {"label": question.label}
    if question.required is Required.STAFF:
        return f"「{question.label}」は職員が記入します。空のままでも受け付けられます。"
    if soft:
        return (
            _("「%(label)s」が空です。分からないときは空のまま進めます。あとで確認の連絡をすることがあります。") % asked
        )
    if question.kind is Kind.DECLARATION:
        return _("内容を読み、同意するときはチェックを入れてください。同意がないと申請できません。")
    if question.kind is Kind.FILE:
        return _("「%(label)s」を添付してください。") % asked
    if question.option_values():
        return _("「%(label)s」を選んでください。") % asked
    return _("「%(label)s」を入力してください。") % asked


def _age(text: str, on: date) -> int:
    """Return the age in full years (満年齢) on a day."""
    born = date.fromisoformat(text)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
