"""The document 様式の文書: pages → groups → questions with stable ids, made by ``reading.read_document``.

A document is frozen in a form version; answers hang on ``Question.id``, which therefore never changes its meaning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from todoke.formbuilder.document.conditions import Condition, sentence
from todoke.formbuilder.document.formulas import Formula, Wording, formula_sentence


class Kind(StrEnum):
    """設問の種類: what is asked, and therefore how it is written, checked and normalised."""

    NAME = "name"
    DATE = "date"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    FILE = "file"
    DECLARATION = "declaration"
    INFORMATION = "information"
    CORPORATE_NUMBER = "corporate_number"
    BANK_ACCOUNT = "bank_account"
    CALCULATED = "calculated"
    MY_NUMBER = "my_number"


SAYING = frozenset({Kind.INFORMATION, Kind.CALCULATED})
KIND_NAMES: dict[Kind, str] = {
    Kind.NAME: "氏名(フリガナつき)",
    Kind.DATE: "日付(和暦・西暦)",
    Kind.ADDRESS: "住所",
    Kind.PHONE: "電話番号",
    Kind.EMAIL: "メールアドレス",
    Kind.SHORT_TEXT: "短い文章",
    Kind.LONG_TEXT: "長い文章",
    Kind.NUMBER: "数",
    Kind.MONEY: "金額(円)",
    Kind.CHOICE: "一つ選ぶ",
    Kind.CHOICES: "いくつでも選ぶ",
    Kind.YES_NO: "はい・いいえ",
    Kind.FILE: "書類の添付",
    Kind.DECLARATION: "同意・宣誓",
    Kind.INFORMATION: "説明文(答えは不要)",
    Kind.CORPORATE_NUMBER: "法人番号",
    Kind.BANK_ACCOUNT: "振込先口座",
    Kind.CALCULATED: "計算(答えは不要)",
    Kind.MY_NUMBER: "個人番号(根拠を書いたときだけ)",
}


class Required(StrEnum):
    """必須の度合い: hard stops the applicant, soft warns and lets through, staff is filled in by the office."""

    HARD = "hard"
    SOFT = "soft"
    STAFF = "staff"
    NO = "no"


@dataclass(frozen=True)
class Option:
    """選択肢: ``value`` is stored and stable, ``label`` is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """設問: one thing that is asked. ``low`` and ``high`` bound a number, a text's letters, or the count of files.

    ``alternative`` lets a name be given in a spelling (代替表記) for machines that cannot show the official one.
    """

    id: str
    kind: Kind
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

    def option_label(self, value: str) -> str:
        """Return what is shown for a stored value; an unknown value is shown as it is."""
        if self.kind in {Kind.YES_NO, Kind.DECLARATION}:
            return {"yes": _("はい"), "no": _("いいえ")}.get(value, value)
        return next((option.label for option in self.options if option.value == value), value)

    def option_values(self) -> tuple[str, ...]:
        if self.kind is Kind.YES_NO:
            return ("yes", "no")
        return ("yes",) if self.kind is Kind.DECLARATION else tuple(option.value for option in self.options)


@dataclass(frozen=True)
class Repeat:
    """繰り返し: a group asked once per person or thing, for example お子さん."""

    noun: str
    least: int = 1
    most: int = 10


@dataclass(frozen=True)
class Group:
    """設問のまとまり: questions that belong together on a page."""

    id: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    repeat: Repeat | None = None
    when: Condition | None = None


@dataclass(frozen=True)
class Page:
    """ページ: what an applicant sees at once."""

    id: str
    title: str
    groups: tuple[Group, ...]
    lead: str = ""
    when: Condition | None = None

    def questions(self) -> Iterator[tuple[Group, Question]]:
        for group in self.groups:
            for question in group.questions:
                yield group, question


@dataclass(frozen=True)
class Paper:
    """必要な書類: what the applicant should have at hand, perhaps only in some cases."""

    id: str
    label: str
    note: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Guide:
    """手続の案内: what a person should know before starting, in plain words."""

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
    """様式の文書: everything that an applicant is asked, in order."""

    title: str
    pages: tuple[Page, ...]
    lead: str = ""
    papers: tuple[Paper, ...] = ()
    guide: Guide = field(default_factory=Guide)
    template_note: str = ""
    my_number_basis: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @cached_property
    def by_id(self) -> dict[str, tuple[Page, Group, Question]]:
        return {question.id: (page, group, question) for page in self.pages for group, question in page.questions()}

    @cached_property
    def asks_for_files(self) -> bool:
        return any(question.kind is Kind.FILE for _, _, question in self.by_id.values())

    def pages_for_applicants(self) -> list[Page]:
        """Return the pages that ask applicants something, whatever they answer; not those that only staff fill in."""
        return [page for page in self.pages if any(q.required is not Required.STAFF for _, q in page.questions())]

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    def question(self, question_id: str) -> Question:
        """Return a question by its stable id; KeyError when the document has none."""
        return self.by_id[question_id][2]

    def page(self, page_id: str) -> Page:
        """Return a page by its id; KeyError when the document has none."""
        return self._pages[page_id]

    def group(self, group_id: str) -> Group:
        return {group.id: group for page in self.pages for group in page.groups}[group_id]

    def condition_sentence(self, condition: Condition) -> str:
        """Write a condition in the words of this document's labels."""
        return sentence(condition, self._label, self._option)

    def formula_sentence(self, formula: Formula) -> str:
        """Write a formula in the words of this document's labels."""
        return formula_sentence(formula, Wording(self._label, self._noun, self.condition_sentence))

    def _noun(self, group_id: str) -> str:
        groups = {group.id: group for page in self.pages for group in page.groups}
        group = groups.get(group_id)
        return (group.repeat.noun if group.repeat else group.title) if group else f"(なくなったまとまり {group_id})"

    def _label(self, question_id: str) -> str:
        return self.by_id[question_id][2].label if question_id in self.by_id else f"(なくなった設問 {question_id})"

    def _option(self, question_id: str, value: str) -> str:
        return self.by_id[question_id][2].option_label(value) if question_id in self.by_id else value
