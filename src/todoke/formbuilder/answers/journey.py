"""Journey 申請の道すじ: evaluates a document with answers: shown pages, problems, calculated values, summary. Pure.

Answers are keyed by ``AnswerKey(question id, row)``; row 0 outside repeating groups, 1 and up inside them.
The answer to a hidden question counts as absent: for conditions, for checks, for the summary and for submission.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from todoke.formbuilder.answers.answer_places import AnswerKey, AnswerProblem, Answers, SummaryRow
from todoke.formbuilder.answers.day_checks import DayProblem, day_problems, limit_problems, order_problems
from todoke.formbuilder.document.answer_checks import missing_message
from todoke.formbuilder.document.conditions import AnswersInScope, Condition, is_met, whole_numbers
from todoke.formbuilder.document.formulas import FormulaInputs, evaluate
from todoke.formbuilder.document.question_types import (
    Value,
    answer_errors,
    answer_warnings,
    display_text,
    is_blank,
    normalized_texts,
)
from todoke.formbuilder.document.required_channels import is_forced
from todoke.formbuilder.document.structure import (
    CHANNEL,
    FACTS,
    WITHOUT_INPUT,
    Document,
    FormPage,
    Group,
    Paper,
    Question,
    QuestionKind,
    Required,
    Stop,
)
from todoke.japanese import days

__all__ = ["AnswerKey", "AnswerProblem", "Answers", "Journey", "SummaryRow"]


@dataclass
class Journey:
    """申請の道すじ: one document with one set of answers, evaluated on a date.

    ``staff`` includes the questions that only staff answer; ``edition`` is the number of the form version.
    """

    document: Document
    answers: Answers
    on: date
    staff: bool = False
    edition: int = 0
    _shown: dict[AnswerKey, bool] = field(default_factory=dict)
    _asking: set[AnswerKey] = field(default_factory=set)
    _rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _results: dict[AnswerKey, Value | None] = field(default_factory=dict)

    def pages(self) -> list[FormPage]:
        """Return the shown pages: those whose condition is met and that show at least one question."""
        return [page for page in self.document.pages if self._page_shown(page)]

    def rows(self, group: Group) -> tuple[int, ...]:
        """Return the row numbers of a group: answered ones, filled up to its minimum; (0,) when it does not repeat."""
        if group.repeat is None:
            return (0,)
        if group.id not in self._rows:
            ids = {question.id for question in group.questions}
            found = {key.row for key, value in self.answers.items() if key.question in ids and not is_blank(value)}
            fresh = (number for number in range(1, 1000) if number not in found)
            while len(found) < group.repeat.least:
                found.add(next(fresh))
            self._rows[group.id] = tuple(sorted(found))
        return self._rows[group.id]

    def shown(self, question_id: str, row: int = 0) -> bool:
        """Tell whether a question is shown: its own, its group's and its page's conditions are met."""
        key = AnswerKey(question_id, row)
        if key not in self._shown:
            if key in self._asking:
                return False
            self._asking.add(key)
            page, group, question = self.document.by_id[question_id]
            mine = self.staff or question.required is not Required.STAFF
            conditions = (page.when, group.when, question.when)
            self._shown[key] = mine and all(self._holds(when, row, group) for when in conditions)
            self._asking.discard(key)
        return self._shown[key]

    def shown_questions(self, page: FormPage) -> Iterator[tuple[Group, Question, int]]:
        """Yield every shown question of a page with its group and row."""
        for group in page.groups:
            for row in self.rows(group):
                for question in group.questions:
                    if self.shown(question.id, row):
                        yield group, question, row

    def value(self, question_id: str, row: int = 0) -> Value | None:
        """Return an answer, or None when it is hidden or blank; a calculated one is computed, never read."""
        if self.document.question(question_id).formula is not None:
            return self._result(AnswerKey(question_id, row))
        found = self.answers.get(AnswerKey(question_id, row))
        return None if found is None or is_blank(found) or not self.shown(question_id, row) else found

    def _result(self, key: AnswerKey) -> Value | None:
        if key not in self._results:
            self._results[key] = None
            _, group, question = self.document.by_id[key.question]
            if question.formula is not None and self.shown(*key):
                number = evaluate(question.formula, self._figures(key.row, group))
                self._results[key] = None if number is None else str(number)
        return self._results[key]

    def _figures(self, row: int, own: Group) -> FormulaInputs:
        """Return the inputs of a formula: its own row inside a repeating group, every row in totals and outside."""
        return FormulaInputs(
            one=lambda asked: single_number(whole_numbers(self._in_scope(asked, row, own))),
            every=lambda asked: whole_numbers(self._in_scope(asked, 0, None)),
            age=lambda asked: single_number(list(self._in_scope(asked, row, own).ages)),
            rows=self._count,
            holds=lambda when: self._holds(when, row, own),
        )

    def _count(self, group_id: str) -> int:
        page = next((page for page in self.document.pages if group_id in {group.id for group in page.groups}), None)
        if page is None:
            return 0
        group = self.document.group(group_id)
        return len(self.rows(group)) if self._holds(page.when) and self._holds(group.when) else 0

    def for_staff(self) -> "Journey":
        """Return the journey with the questions that only staff answer."""
        return Journey(self.document, self.answers, self.on, staff=True, edition=self.edition)

    def present(self) -> dict[AnswerKey, Value]:
        """Return the answers that are shown and not blank, in the order of the document."""
        found: dict[AnswerKey, Value] = {}
        for page in self.pages():
            for __, question, row in self.shown_questions(page):
                value = self.value(question.id, row)
                if value is not None:
                    found[AnswerKey(question.id, row)] = value
        return found

    def problems(self, page: FormPage | None = None) -> list[AnswerProblem]:
        """Return the problems and warnings of one page, or of all shown pages."""
        pages = [page] if page else self.pages()
        return [problem for shown in pages for problem in self._page_problems(shown)]

    def papers(self) -> list[Paper]:
        """Return the papers that are required with these answers."""
        return [paper for paper in self.document.papers if self._holds(paper.when)]

    def summary(self) -> list[tuple[FormPage, list[SummaryRow]]]:
        """Return the answers as text, page by page; an unanswered optional question is empty."""
        return [(page, list(self._summary_rows(page))) for page in self.pages()]

    def next_page(self, page_id: str) -> FormPage | None:
        """Return the shown page after one; None after the last."""
        after = [page for page in self.pages() if self._order(page.id) > self._order(page_id)]
        return after[0] if after else None

    def previous_page(self, page_id: str) -> FormPage | None:
        """Return the shown page before one; None before the first."""
        before = [page for page in self.pages() if self._order(page.id) < self._order(page_id)]
        return before[-1] if before else None

    def first_unfinished(self) -> FormPage | None:
        """Return the first shown page with a problem that blocks submission; None when all are complete."""
        for page in self.pages():
            if any(not problem.warning for problem in self.problems(page)):
                return page
        return None

    def _order(self, page_id: str) -> int:
        return next(index for index, page in enumerate(self.document.pages) if page.id == page_id)

    def _page_shown(self, page: FormPage) -> bool:
        return any(True for _ in self.shown_questions(page)) or any(
            group.repeat is not None and self._holds(page.when) and self._holds(group.when) for group in page.groups
        )

    def _holds(self, when: Condition | None, row: int = 0, own: Group | None = None) -> bool:
        return when is None or is_met(when, lambda question_id: self._in_scope(question_id, row, own))

    def _in_scope(self, question_id: str, row: int, own: Group | None) -> AnswersInScope:
        """Return what a condition sees of a question: the same row of its own group, or every row from outside."""
        if question_id in FACTS:
            known = self.answers.get(AnswerKey(question_id)) or FACTS[question_id].options[0].value
            return AnswersInScope((str(known),))
        if question_id not in self.document.by_id:
            return AnswersInScope()
        _, group, question = self.document.by_id[question_id]
        rows = (row,) if row and group is own else self.rows(group)
        texts: list[str] = []
        for number in rows:
            texts.extend(normalized_texts(question, self.value(question_id, number)))
        ages = tuple(_age(text, self.on) for text in texts) if question.kind is QuestionKind.DATE else ()
        return AnswersInScope(tuple(texts), ages)

    def stops(self) -> list[Stop]:
        """Return why this service is not for the applicant (対象外): the conditions that were answered and are met."""
        return [stop for stop in self.document.stops if self._is_answered(stop.when) and self._holds(stop.when)]

    def _is_answered(self, when: Condition) -> bool:
        return all(self._in_scope(question_id, 0, None).texts for question_id in when.questions())

    def _stop_problems(self, page: FormPage) -> Iterator[AnswerProblem]:
        """Yield the reasons to stop on the page with the last of the questions that they look at."""
        order = list(self.document.by_id)
        for stop in self.stops():
            asked = [one for one in stop.when.questions() if one in self.document.by_id]
            last = max(asked, key=order.index, default=order[0])
            if self.document.by_id[last][0].id == page.id:
                yield AnswerProblem(last, stop.words, page=page.id, warning=self.staff, stops=True, link=stop.link)

    def _page_problems(self, page: FormPage) -> Iterator[AnswerProblem]:
        yield from self._stop_problems(page)
        for problem in self._answer_problems(page):
            yield replace(problem, place=self.place_name(problem.question, problem.row))

    def place_name(self, question_id: str, row: int = 0) -> str:
        """Return the name of a place: the label of the question, with its row in a repeated group."""
        __, group, question = self.document.by_id[question_id]
        rows = self.rows(group)
        if group.repeat is None or row not in rows:
            return question.label
        named = {"row": group.repeat.row_name(rows.index(row) + 1), "label": question.label}
        return str(_("%(row)sの%(label)s") % named)

    def _answer_problems(self, page: FormPage) -> Iterator[AnswerProblem]:
        for group in page.groups:
            most = group.repeat.most if group.repeat else 1
            if len(self.rows(group)) > most:
                message = _("%(most)d件までにしてください。") % {"most": most}
                yield AnswerProblem(group.questions[0].id, message, page=page.id)
        for __, question, row in self.shown_questions(page):
            value = self.value(question.id, row)
            if value is None:
                yield from self._missing(question, row, page.id)
                continue
            for part, message in answer_errors(question, value):
                yield AnswerProblem(question.id, message, row, part, page.id)
            for part, message in answer_warnings(question, value):
                yield AnswerProblem(question.id, message, row, part, page.id, warning=True)
            for found in self._day_problems(question, row):
                yield AnswerProblem(question.id, found.message, row, page=page.id, warning=found.warning)

    def _day(self, question_id: str, row: int) -> date | None:
        """Return the date that answers a question, None where there is none or it cannot be read."""
        value = self.value(question_id, row)
        return days.parse_date(value) if isinstance(value, str) else None

    def _day_problems(self, question: Question, row: int) -> Iterator[DayProblem]:
        day = self._day(question.id, row) if question.kind is QuestionKind.DATE else None
        if day is None:
            return
        yield from day_problems(question, day, self.on)
        yield from limit_problems(question, day, self.on)
        if question.not_before in self.document.by_id:
            _, group, other = self.document.by_id[question.not_before]
            same = group is self.document.by_id[question.id][1]
            earlier = self._day(other.id, row if same else next(iter(self.rows(group)), 0))
            yield from order_problems(day, earlier, other.label)

    def _missing(self, question: Question, row: int, page_id: str) -> Iterator[AnswerProblem]:
        if question.kind in WITHOUT_INPUT or question.required is Required.NO:
            return
        soft = not is_forced(question, channel := self.answers.get(AnswerKey(CHANNEL)))
        message = missing_message(question, soft=soft, at_office=bool(channel))
        yield AnswerProblem(question.id, message, row, page=page_id, warning=soft)

    def _summary_rows(self, page: FormPage) -> Iterator[SummaryRow]:
        for group, question, row in self.shown_questions(page):
            if question.kind is QuestionKind.INFORMATION:
                continue
            value = self.value(question.id, row)
            number = self.rows(group).index(row) + 1
            heading = f"{group.repeat.noun} {number}" if group.repeat else group.title
            yield SummaryRow(question, row, question.label, display_text(question, value), value, page.id, heading)


def single_number(numbers: list[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def _age(text: str, on: date) -> int:
    """Return the age in full years (満年齢) on a day."""
    born = date.fromisoformat(text)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
