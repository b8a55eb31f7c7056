"""Condition paths 場合分け: searches answers under which a question is shown or hidden, to test every branch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, product

from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.sample_answers import sample_answer
from todoke.formbuilder.document.conditions import AnswersInScope, Condition, is_met
from todoke.formbuilder.document.question_types import Value, normalized_texts
from todoke.formbuilder.document.structure import FACTS, Document, Question, QuestionKind

ALTERNATIVES = 12
TRIES = 400
Case = Mapping[str, Value | None]


@dataclass
class ConditionPaths:
    """場合分け: search over one document without cycles; a case maps question ids to answers, None to a blank one."""

    document: Document
    on: date
    _domains: dict[str, list[Value | None]] = field(default_factory=dict)
    _bases: dict[str, list[Case]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._bases |= {fact: [{}] for fact in FACTS}
        self._leaves: dict[str, list[Condition]] = {}
        for question_id in self.document.by_id:
            for condition in conditions_of(self.document, question_id):
                for leaf in condition.leaves():
                    for input_id in self._inputs(leaf.question):
                        self._leaves.setdefault(input_id, []).append(leaf)

    def _inputs(self, question_id: str) -> set[str]:
        """Return the question itself, or the answered questions that a calculated one depends on."""
        found, waiting, done = set[str](), [question_id], set[str]()
        while waiting:
            current = waiting.pop()
            if current in done:
                continue
            done.add(current)
            formula = self.document.question(current).formula
            if formula is None:
                found.add(current)
            else:
                waiting.extend(formula.questions())
        return found

    def _solve_calculated(self, leaf: Condition, want: bool, case: Case) -> Iterator[Case]:
        """Yield cases in which the inputs of a calculated question give a fitting result."""
        inputs = sorted(self._inputs(leaf.question))
        for base in self._bases.get(leaf.question, [{}]):
            if any(case.get(other, given) != given for other, given in base.items()):
                continue
            known = {**case, **base}
            free = [name for name in inputs if name not in known]
            for values in islice(product(*(self._domain(self.document.question(name)) for name in free)), TRIES):
                trial = {**known, **dict(zip(free, values, strict=True))}
                value = Journey(self.document, self.answers(trial), self.on, staff=True).value(
                    *self._key(leaf.question)
                )
                if self._meets(leaf, self.document.question(leaf.question), value) == want:
                    yield trial

    def cases_showing(self, question_id: str) -> list[Case]:
        """Return up to twelve cases in which a question is shown; none means that it cannot be reached."""
        order = [question_id]
        while order:
            current = order[-1]
            waiting = [other for other in self._dependencies(current) if other not in self._bases]
            if current in self._bases or not waiting:
                self._find(order.pop())
            else:
                order.extend(waiting)
        return self._bases[question_id]

    def case_hiding(self, question_id: str) -> Case | None:
        """Return a case in which a question is hidden; None when none was found."""
        self.cases_showing(question_id)
        for condition in conditions_of(self.document, question_id):
            for case in islice(self._solve(condition, False, {}), TRIES):
                if not self.is_shown(case, question_id):
                    return case
        return None

    def answers(self, case: Case) -> dict[AnswerKey, Value]:
        """Return a case as answers, in row 1 of repeating groups."""
        return {self._key(question): value for question, value in case.items() if value is not None}

    def is_shown(self, case: Case, question_id: str) -> bool:
        """Tell whether the journey shows a question in a case."""
        return Journey(self.document, self.answers(case), self.on, staff=True).shown(*self._key(question_id))

    def _key(self, question_id: str) -> AnswerKey:
        repeats = question_id not in FACTS and self.document.by_id[question_id][1].repeat
        return AnswerKey(question_id, 1 if repeats else 0)

    def _dependencies(self, question_id: str) -> list[str]:
        return sorted(dependencies_of(self.document, question_id))

    def _find(self, question_id: str) -> None:
        if question_id in self._bases:
            return
        found: list[Case] = []
        for case in islice(self._solve_all(conditions_of(self.document, question_id), {}), TRIES):
            if self.is_shown(case, question_id):
                found.append(case)
            if len(found) == ALTERNATIVES:
                break
        self._bases[question_id] = found

    def _solve_all(self, conditions: list[Condition], case: Case) -> Iterator[Case]:
        if not conditions:
            yield case
            return
        for solved in self._solve(conditions[0], True, case):
            yield from self._solve_all(conditions[1:], solved)

    def _solve(self, condition: Condition, want: bool, case: Case) -> Iterator[Case]:
        if condition.op == "not":
            yield from self._solve(condition.of[0], not want, case)
        elif condition.op in {"all", "any"}:
            if (condition.op == "all") == want:
                yield from self._solve_every(condition.of, want, case)
            else:
                for part in condition.of:
                    yield from self._solve(part, want, case)
        else:
            yield from self._solve_leaf(condition, want, case)

    def _solve_every(self, parts: tuple[Condition, ...], want: bool, case: Case) -> Iterator[Case]:
        if not parts:
            yield case
            return
        for solved in self._solve(parts[0], want, case):
            yield from self._solve_every(parts[1:], want, solved)

    def _solve_leaf(self, leaf: Condition, want: bool, case: Case) -> Iterator[Case]:
        question = self.document.question(leaf.question)
        if question.formula is not None:
            yield from self._solve_calculated(leaf, want, case)
            return
        if leaf.question in case:
            if self._meets(leaf, question, case[leaf.question]) == want:
                yield case
            return
        for value in self._domain(question):
            if self._meets(leaf, question, value) != want:
                continue
            if value is None:
                yield {**case, leaf.question: None}
                continue
            for base in self._bases.get(leaf.question, []):
                if all(case.get(other, given) == given for other, given in base.items()):
                    yield {**case, **base, leaf.question: value}

    def _meets(self, leaf: Condition, question: Question, value: Value | None) -> bool:
        texts = normalized_texts(question, value)
        ages = tuple(
            (self.on - date.fromisoformat(text)).days // 366 for text in texts if question.kind is QuestionKind.DATE
        )
        return is_met(leaf, lambda _: AnswersInScope(texts, ages))

    def _domain(self, question: Question) -> list[Value | None]:
        if question.id not in self._domains:
            self._domains[question.id] = [*self._values(question), None]
        return self._domains[question.id]

    def _values(self, question: Question) -> list[Value]:
        options = list(question.option_values())
        if question.kind is QuestionKind.CHOICES:
            but_one = [[other for other in options if other != value] for value in options]
            return [*([value] for value in options), *(rest for rest in but_one if rest), options]
        if options:
            return [*options]
        near: list[Value] = [sample_answer(question, on=self.on)]
        for leaf in self._leaves.get(question.id, []):
            near.extend(self._around(leaf))
        return near

    def _around(self, leaf: Condition) -> list[Value]:
        if leaf.op == "age_under" and isinstance(leaf.value, int):
            return [(self.on - timedelta(days=366 * years)).isoformat() for years in (leaf.value - 1, leaf.value + 1)]
        if isinstance(leaf.value, int):
            return [str(leaf.value + step) for step in (0, -1, 1)]
        if leaf.op in {"on_or_after", "before"}:
            day = date.fromisoformat(str(leaf.value))
            return [(day + timedelta(days=step)).isoformat() for step in (0, -1, 1)]
        return [text for text in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)) if text]


def dependencies_of(document: Document, question_id: str) -> set[str]:
    """Return the ids of the questions that decide whether a question is shown, or what it computes."""
    found = {other for condition in conditions_of(document, question_id) for other in condition.questions()}
    formula = document.question(question_id).formula
    if formula is not None:
        counted = {node.group for node in formula.nodes() if node.group}
        whens = [when for page in document.pages for group in page.groups if group.id in counted
                 for when in (page.when, group.when) if when is not None]  # fmt: skip
        found |= {*formula.questions(), *(other for when in whens for other in when.questions())}
    return found - FACTS.keys()


def conditions_of(document: Document, question_id: str) -> list[Condition]:
    """Return the conditions that apply to a question: its page's, its group's and its own."""
    page, group, question = document.by_id[question_id]
    return [when for when in (page.when, group.when, question.when) if when is not None]
