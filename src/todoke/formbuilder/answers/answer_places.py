"""Answer places 答える場所: where an answer belongs, what is wrong with it, and how it is shown for checking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Question


class AnswerKey(NamedTuple):
    """答える場所: the id of a question and the row of its repeating group (0 outside)."""

    question: str
    row: int = 0


Answers = Mapping[AnswerKey, Value]


@dataclass(frozen=True)
class AnswerProblem:
    """直すところ: a validation message with the question, row, part and page; a warning does not block submission.

    ``place`` names the question and the row (2人目のお子さんの学年). ``stops`` tells that the service is not for the
    applicant (対象外), with the address of the page that may help in ``link``.
    """

    question: str
    message: str
    row: int = 0
    part: str = ""
    page: str = ""
    warning: bool = False
    place: str = ""
    stops: bool = False
    link: str = ""

    @property
    def sentence(self) -> str:
        """The message, with the place in front where the message does not name it."""
        return self.message if not self.place or self.place in self.message else f"{self.place}: {self.message}"


@dataclass(frozen=True)
class SummaryRow:
    """確認の一行: a question with its answer as text, and who wrote it (記入者の区分) where that is told."""

    question: Question
    row: int
    label: str
    text: str
    value: Value | None
    page: str
    heading: str = ""
    source: str = ""

    @property
    def place(self) -> str:
        """The question and its row as a segment of a URL."""
        return f"{self.question.id}-{self.row}"
