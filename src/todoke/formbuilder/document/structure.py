"""Structure 様式の文書: pages → groups → questions with stable ids, parsed by ``parser.read_document``.

A document is immutable in a form version; answers refer to ``Question.id``, which therefore never changes its meaning.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.conditions import condition_sentence as sentence
from todoke.formbuilder.document.formulas import Formula, FormulaLabels, formula_sentence
from todoke.formbuilder.document.question_kinds import (
    DAY_LABELS,
    KIND_LABELS,
    WITHOUT_INPUT,
    DayKind,
    QuestionKind,
    Required,
)

__all__ = [
    "AGENT_ROLE",
    "CHANNEL",
    "DAY_LABELS",
    "FACTS",
    "KIND_LABELS",
    "WITHOUT_INPUT",
    "DayKind",
    "Document",
    "FormPage",
    "Group",
    "Guide",
    "Option",
    "Paper",
    "Question",
    "QuestionKind",
    "Repeat",
    "Required",
    "Stop",
]


@dataclass(frozen=True)
class Option:
    """選択肢: ``value`` is stored and stable, ``label`` is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """設問: one question. ``low`` and ``high`` bound a number, the characters of a text, or the count of files.

    ``alternative`` lets a name be given in a spelling (代替表記) for machines that cannot show the official one.
    ``day`` bounds a date by its kind, ``not_before`` names the question whose date it may not precede, ``earliest`` and
    ``latest`` are days (``day_limits``), ``accepts`` the kinds of files taken (none: all), ``megabytes`` their size.
    ``same_as`` holds the labels under which other forms ask the same, ``unchanged`` is the answer that a yearly
    reconfirmation (現況届) gives for somebody who reports no change. ``forced_at`` are the channels in which a
    required answer stops an application where that differs from the usual for its kind (``required_channels``).
    """

    id: str
    kind: QuestionKind
    label: str
    help: str = ""
    example: str = ""
    required: Required = Required.HARD
    sensitive: bool = False
    options: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    when: Condition | None = None
    keep: bool = False
    open_data: bool = False
    formula: Formula | None = None
    unit: str = ""
    draw: bool = False
    alternative: bool = False
    day: DayKind = DayKind.ANY
    not_before: str = ""
    same_as: tuple[str, ...] = ()
    unchanged: str = ""
    forced_at: tuple[str, ...] = ()
    earliest: str = ""
    latest: str = ""
    accepts: tuple[str, ...] = ()
    megabytes: int | None = None

    def option_label(self, value: str) -> str:
        """Return the label of a stored value; an unknown value unchanged."""
        if self.kind in {QuestionKind.YES_NO, QuestionKind.DECLARATION}:
            return {"yes": _("はい"), "no": _("いいえ")}.get(value, value)
        return next((option.label for option in self.options if option.value == value), value)

    def option_values(self) -> tuple[str, ...]:
        """Return the values that can be chosen; empty for a kind without options."""
        if self.kind is QuestionKind.YES_NO:
            return ("yes", "no")
        return ("yes",) if self.kind is QuestionKind.DECLARATION else tuple(option.value for option in self.options)


AGENT_ROLE, CHANNEL = "fact_agent", "fact_channel"
FACTS: dict[str, Question] = {
    AGENT_ROLE: Question(
        AGENT_ROLE,
        QuestionKind.CHOICE,
        "申請する人の立場",
        options=(
            Option("self", "本人"),
            Option("legal", "法定代理人"),
            Option("mandate", "本人から頼まれた代理人"),
            Option("helper", "本人のそばで入力を手伝う人"),
        ),
    ),
    CHANNEL: Question(
        CHANNEL,
        QuestionKind.CHOICE,
        "申請の経路",
        options=(
            Option("web", "オンライン"), Option("counter", "窓口"), Option("post", "郵送"), Option("phone", "電話"),
        ),
    ),
}  # fmt: skip
"""Platform facts 申請のしかた: what conditions may ask although nobody answers it; the first option unless known."""


_PERSON = re.compile("人$|者$|員$|子|児童|生徒|方$|かた$|親|家族|本人")


@dataclass(frozen=True)
class Repeat:
    """繰り返し: a group answered in ``least`` to ``most`` rows, one per ``noun``, for example お子さん."""

    noun: str
    least: int = 1
    most: int = 10

    def row_name(self, number: int) -> str:
        """Return the name of the row with a number, from 1: 2人目のお子さん, 2番目の車両."""
        counted = {"number": number, "noun": self.noun}
        if _PERSON.search(self.noun):
            return _("%(number)d人目の%(noun)s") % counted
        return _("%(number)d番目の%(noun)s") % counted


@dataclass(frozen=True)
class Group:
    """設問のまとまり: questions under one heading of a page, possibly repeated."""

    id: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    repeat: Repeat | None = None
    when: Condition | None = None


@dataclass(frozen=True)
class FormPage:
    """ページ: the groups that an applicant sees on one screen."""

    id: str
    title: str
    groups: tuple[Group, ...]
    lead: str = ""
    when: Condition | None = None

    def questions(self) -> Iterator[tuple[Group, Question]]:
        """Yield every question with its group."""
        for group in self.groups:
            for question in group.questions:
                yield group, question


@dataclass(frozen=True)
class Paper:
    """必要な書類: a document that the applicant must have at hand, always or under a condition."""

    id: str
    label: str
    note: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Stop:
    """対象外: a condition under which this service is not for the applicant, what is said then, and where to go."""

    id: str
    words: str
    when: Condition
    link: str = ""


@dataclass(frozen=True)
class Guide:
    """手続の案内: who may apply, fee, period, deadline, result and legal basis, in plain words."""

    who: str = ""
    fee: str = ""
    period: str = ""
    deadline: str = ""
    result: str = ""
    elsewhere: str = ""
    legal_basis: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """様式の文書: the pages, papers, guide and translations of one form."""

    title: str
    pages: tuple[FormPage, ...]
    lead: str = ""
    papers: tuple[Paper, ...] = ()
    stops: tuple[Stop, ...] = ()
    guide: Guide = field(default_factory=Guide)
    template_note: str = ""
    my_number_basis: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @cached_property
    def by_id(self) -> dict[str, tuple[FormPage, Group, Question]]:
        """Page, group and question by question id."""
        return {question.id: (page, group, question) for page in self.pages for group, question in page.questions()}

    @cached_property
    def asks_for_files(self) -> bool:
        """Whether any question takes files."""
        return any(question.kind is QuestionKind.FILE for _, _, question in self.by_id.values())

    def pages_for_applicants(self) -> list[FormPage]:
        """Return the pages with at least one question for applicants, whatever the conditions."""
        return [page for page in self.pages if any(q.required is not Required.STAFF for _, q in page.questions())]

    @cached_property
    def _pages(self) -> dict[str, FormPage]:
        return {page.id: page for page in self.pages}

    def question(self, question_id: str) -> Question:
        """Return a question, or a fact of the platform, by its id. Raises KeyError."""
        return FACTS.get(question_id) or self.by_id[question_id][2]

    def knows(self, question_id: str) -> bool:
        """Tell whether a condition can ask for this: a question of the form or a fact of the platform."""
        return question_id in FACTS or question_id in self.by_id

    def page(self, page_id: str) -> FormPage:
        """Return a page by its id. Raises KeyError."""
        return self._pages[page_id]

    def group(self, group_id: str) -> Group:
        """Return a group by its id. Raises KeyError."""
        return {group.id: group for page in self.pages for group in page.groups}[group_id]

    def condition_sentence(self, condition: Condition) -> str:
        """Return a condition as a sentence with the labels of this document."""
        return sentence(condition, self._label, self._option)

    def formula_sentence(self, formula: Formula) -> str:
        """Return a formula as a sentence with the labels of this document."""
        return formula_sentence(formula, FormulaLabels(self._label, self._noun, self.condition_sentence))

    def _noun(self, group_id: str) -> str:
        groups = {group.id: group for page in self.pages for group in page.groups}
        group = groups.get(group_id)
        return (group.repeat.noun if group.repeat else group.title) if group else f"(なくなったまとまり {group_id})"

    def _label(self, question_id: str) -> str:
        if question_id in FACTS:
            return _(FACTS[question_id].label)
        return self.question(question_id).label if self.knows(question_id) else f"(なくなった設問 {question_id})"

    def _option(self, question_id: str, value: str) -> str:
        if question_id in FACTS:
            return _(FACTS[question_id].option_label(value))
        return self.question(question_id).option_label(value) if self.knows(question_id) else value
