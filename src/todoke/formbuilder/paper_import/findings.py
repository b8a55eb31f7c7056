"""Findings 読み取りの結果: the questions found on a paper form, and every other text with the reason.

Boxes that belong together are one question: フリガナ with 氏名, 支店 with 口座, 郵便番号 with 住所.
"""

from dataclasses import dataclass, field

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import label_rules


@dataclass(frozen=True)
class FoundQuestion:
    """見つかった設問: a label with its presumed kind of question and its position."""

    label: str
    kind: QuestionKind
    cell: str
    group: str = ""
    required: bool = True
    repeating: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkippedText:
    """取り込まなかったもの: a text that was not turned into a question, and why."""

    text: str
    cell: str
    reason: str


@dataclass
class Recognition:
    """読み取りの結果: the title, the questions, and the skipped texts."""

    title: str = ""
    questions: list[FoundQuestion] = field(default_factory=list)
    skipped: list[SkippedText] = field(default_factory=list)


def join_boxes(reading: Recognition) -> list[FoundQuestion]:
    """Return the questions, with one for boxes that belong together; the others are added to what was skipped."""
    kept: list[FoundQuestion] = []
    for found in reading.questions:
        label = label_rules.normalize(found.label).replace(" ", "")
        whole = next((kind for kind, pattern in label_rules.WITHIN.items() if pattern.search(label)), None)
        near = [other for other in reading.questions if other.group == found.group and other.kind is whole]
        first = next((other for other in near if other is not found and not _is_part(other, whole)), None)
        if whole is QuestionKind.BANK_ACCOUNT:
            first = next((other for other in kept if other.kind is whole and other.group == found.group), None)
            if first is None:
                first = FoundQuestion("振込先の口座", whole, found.cell, found.group, found.required, found.repeating)
                kept.append(first)
        if whole is not None and first is not None:
            text = f"{found.label}({'・'.join(found.options)})" if found.options else found.label
            reading.skipped.append(SkippedText(text, found.cell, f"「{first.label}」の欄に含みます"))
            continue
        kept.append(found)
    return kept


def _is_part(found: FoundQuestion, whole: QuestionKind | None) -> bool:
    label = label_rules.normalize(found.label).replace(" ", "")
    return (
        whole in label_rules.WITHIN
        and whole is not QuestionKind.BANK_ACCOUNT
        and bool(label_rules.WITHIN[whole].search(label))
    )
