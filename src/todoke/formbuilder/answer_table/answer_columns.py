"""Answer columns 回答の列: one list of columns over all versions of a form, by the stable ids of its questions. Pure.

Labels and order are those of the newest version; what only older versions ask comes after it and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from todoke.formbuilder.document.answer_parts import parts_of
from todoke.formbuilder.document.structure import Document, Group, Question, QuestionKind, Required

LEFT_OUT = frozenset({QuestionKind.INFORMATION, QuestionKind.MY_NUMBER})
"""What never stands in a table: nothing is answered, or the law lets it be seen one by one with a reason only."""
OLDER = "(旧版)"
NUMBERS = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.CALCULATED})


@dataclass(frozen=True)
class AnswerColumn:
    """回答の列: one question, or one part of it (``part``), as a column; ``group`` is the id of a repeated group.

    ``asked`` is the label of the question, ``older`` says that the newest version does not ask it any more.
    ``options`` maps stored values to labels, the newest label of each.
    """

    question: str
    kind: QuestionKind
    asked: str
    part: str = ""
    part_label: str = ""
    group: str = ""
    older: bool = False
    by_staff: bool = False
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def heading(self) -> str:
        """The label as it heads the column; a column of older versions is marked."""
        return f"{self.title} {self.part_label}" if self.part else self.title

    @property
    def title(self) -> str:
        """The label of the question, marked where only older versions ask it."""
        return f"{OLDER}{self.asked}" if self.older else self.asked

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in NUMBERS


@dataclass(frozen=True)
class RepeatedGroup:
    """繰り返しの列: a repeated group with the name of its sheet and its columns."""

    id: str
    title: str
    columns: tuple[AnswerColumn, ...]


@dataclass(frozen=True)
class AnswerTableColumns:
    """回答の表の列: the columns that stand once for an application, and the repeated groups."""

    single: tuple[AnswerColumn, ...]
    groups: tuple[RepeatedGroup, ...]

    def questions(self) -> dict[str, str]:
        """Return the title of each question by its id, in the order of the table."""
        return {column.question: column.title for column in self.every()}

    def every(self) -> list[AnswerColumn]:
        """Return the columns of applications and of groups together."""
        return [*self.single, *(column for group in self.groups for column in group.columns)]

    def only(self, wanted: Sequence[str]) -> "AnswerTableColumns":
        """Return the columns of some questions; all of them where none is named."""
        if not wanted:
            return self
        chosen = frozenset(wanted)
        groups = (
            RepeatedGroup(group.id, group.title, tuple(c for c in group.columns if c.question in chosen))
            for group in self.groups
        )
        return AnswerTableColumns(
            tuple(column for column in self.single if column.question in chosen),
            tuple(group for group in groups if group.columns),
        )


@dataclass(frozen=True)
class _Asked:
    group: Group
    question: Question
    older: bool


def columns_of(versions: Sequence[Document]) -> AnswerTableColumns:
    """Return the columns over the versions of a form, given from the newest to the oldest."""
    found: dict[str, _Asked] = {}
    options: dict[str, dict[str, str]] = {}
    for place, document in enumerate(versions):
        for _, group, question in document.by_id.values():
            if question.kind in LEFT_OUT:
                continue
            found.setdefault(question.id, _Asked(group, question, older=place > 0))
            known = options.setdefault(question.id, {})
            for value in question.option_values():
                known.setdefault(value, question.option_label(value))
    groups: dict[str, RepeatedGroup] = {}
    single: list[AnswerColumn] = []
    for asked in found.values():
        columns = tuple(_columns(asked, options.get(asked.question.id, {})))
        if asked.group.repeat is None:
            single.extend(columns)
            continue
        earlier = groups.get(asked.group.id)
        title = asked.group.repeat.noun or asked.group.title
        before = earlier.columns if earlier else ()
        groups[asked.group.id] = RepeatedGroup(asked.group.id, title, before + columns)
    return AnswerTableColumns(tuple(single), tuple(groups.values()))


def _columns(asked: _Asked, options: Mapping[str, str]) -> Iterator[AnswerColumn]:
    question = asked.question
    group = asked.group.id if asked.group.repeat is not None else ""
    parts = parts_of(question)
    for part, name in parts.items() or [("", "")]:
        yield AnswerColumn(
            question.id,
            question.kind,
            question.label,
            part,
            name,
            group,
            asked.older,
            question.required is Required.STAFF,
            options,
        )
