"""Answer transfer 答えの引継ぎ: which answers of one form are those of another, by what their questions mean. Pure."""

from collections.abc import Iterator

from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import (
    WITHOUT_INPUT,
    Document,
    Group,
    Question,
    QuestionKind,
    Required,
)
from todoke.japanese.search_tokens import fold

NEVER_COPIED = frozenset({QuestionKind.FILE, QuestionKind.DECLARATION, QuestionKind.MY_NUMBER}) | WITHOUT_INPUT
FIRST_OF_KIND = (QuestionKind.NAME, QuestionKind.ADDRESS, QuestionKind.PHONE, QuestionKind.EMAIL)


def question_pairs(source: Document, target: Document) -> dict[str, str]:
    """Return the source question of each target question that means the same, by id.

    A declared label (``same_as``) counts most, then the same id, the same label, and last the first name, address,
    telephone number and e-mail address of each form. Questions of other kinds never mean the same.
    """
    pairs: dict[str, str] = {}
    for wanted in (_declared, _same_id, _same_label):
        for question in _carried(target):
            if question.id not in pairs:
                found = next((other.id for other in wanted(source, question) if other.kind is question.kind), None)
                if found is not None:
                    pairs[question.id] = found
    for kind in FIRST_OF_KIND:
        own, other = _first(target, kind), _first(source, kind)
        if own is not None and other is not None:
            pairs.setdefault(own.id, other.id)
    return pairs


def mapped_answers(source: Journey, target: Document) -> dict[AnswerKey, Value]:
    """Return the answers of one application as answers to another form; never files, declarations or My Numbers.

    Rows of a repeating group stay rows; a single answer becomes the first row. A choice not offered is left out.
    """
    present = source.present()
    found: dict[AnswerKey, Value] = {}
    for own, other in question_pairs(source.document, target).items():
        for key, value in present.items():
            if key.question == other and (row := _row(source.document, target, own, key)) is not None:
                offered = _offered(target.question(own), value)
                if offered:
                    found[AnswerKey(own, row)] = offered
    return found


def unchanged_answers(target: Document) -> dict[AnswerKey, Value]:
    """Return the answers that somebody gives who reports no change (変わりなし), with every declaration agreed to."""
    return {
        AnswerKey(question.id): question.unchanged or "yes"
        for _, group, question in target.by_id.values()
        if group.repeat is None and (question.unchanged or question.kind is QuestionKind.DECLARATION)
    }


def questions_without_source(source: Document, target: Document) -> list[Question]:
    """Return the required questions of a form, asked of everybody, that an application to the source leaves open."""
    pairs = question_pairs(source, target)
    return [
        question
        for page, group, question in target.by_id.values()
        if question.required is Required.HARD
        and question.kind not in {QuestionKind.DECLARATION, *WITHOUT_INPUT}
        and not question.unchanged
        and (question.id not in pairs or question.kind in NEVER_COPIED)
        and page.when is None and group.when is None and question.when is None
    ]  # fmt: skip


def _carried(document: Document) -> Iterator[Question]:
    return (question for _, _, question in document.by_id.values() if question.kind not in NEVER_COPIED)


def _declared(source: Document, question: Question) -> Iterator[Question]:
    labels = {fold(text) for text in question.same_as}
    return (other for other in _carried(source) if fold(other.label) in labels)


def _same_id(source: Document, question: Question) -> Iterator[Question]:
    return (other for other in _carried(source) if other.id == question.id)


def _same_label(source: Document, question: Question) -> Iterator[Question]:
    return (other for other in _carried(source) if fold(other.label) == fold(question.label))


def _first(document: Document, kind: QuestionKind) -> Question | None:
    found = (question for _, group, question in document.by_id.values() if question.kind is kind and not group.repeat)
    return next(found, None)


def _row(source: Document, target: Document, own: str, key: AnswerKey) -> int | None:
    """Return the row of an answer in the other form, None where one answer would have to stand for several."""
    mine, theirs = _group(target, own), _group(source, key.question)
    if mine.repeat is None:
        return 0 if theirs.repeat is None else None
    return key.row or 1


def _group(document: Document, question_id: str) -> Group:
    return document.by_id[question_id][1]


def _offered(question: Question, value: Value) -> Value | None:
    options = question.option_values()
    if not options:
        return value
    if isinstance(value, list):
        return [text for text in value if text in options]
    return value if value in options else None
