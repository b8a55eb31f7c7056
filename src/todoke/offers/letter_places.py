"""Letter places 差し込み: the places of a letter that the case fills in, stored by code and shown by label. Pure.

In a text a place stands in braces: ``{received}``, or ``{club}`` for the answer to the question with that id. People
see and write the label of the question: ``{通うクラブ}``.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from todoke.formbuilder.document.structure import Document, Question, QuestionKind
from todoke.runtime.refusals import Unreadable

STANDARD = {
    "received": "受付日",
    "procedure": "手続",
    "number": "受付番号",
    "applicant": "申請者",
    "decision": "決定",
}
NEVER_QUOTED = frozenset(
    {QuestionKind.MY_NUMBER, QuestionKind.FILE, QuestionKind.INFORMATION, QuestionKind.DECLARATION}
)
_PLACE = re.compile(r"[{｛]([^{}｛｝\n]{0,400})[}｝]")
_BRACE = re.compile(r"[{}｛｝]")


def quotable_questions(document: Document) -> dict[str, Question]:
    """Return the questions whose answers a letter may quote, by id: no papers, no My Number."""
    questions = {question_id: question for question_id, (_, _, question) in document.by_id.items()}
    return {key: question for key, question in questions.items() if question.kind not in NEVER_QUOTED}


def answer_labels(document: Document) -> dict[str, str]:
    """Return the label of every question that can be quoted, by id; equal labels say where they stand."""
    found = quotable_questions(document)
    labels = [question.label for question in found.values()]
    named = {}
    for key, question in found.items():
        page, group, _ = document.by_id[key]
        where = group.repeat.noun if group.repeat else group.title or page.title
        taken = labels.count(question.label) > 1 or question.label in STANDARD.values()
        named[key] = _plain(f"{where}の{question.label}" if taken else question.label)
    return named


def place_labels(document: Document) -> dict[str, str]:
    """Return the label of every place that a letter of this form may hold, by code."""
    return {**answer_labels(document), **STANDARD}


def _plain(text: str) -> str:
    return _BRACE.sub("", text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def with_labels(text: str, document: Document) -> str:
    """Return a stored text as people see it, with labels in place of codes; an unknown code stays."""
    labels = place_labels(document)
    return _PLACE.sub(lambda place: "{" + labels.get(place[1].strip(), place[1]) + "}", text)


def with_codes(text: str, document: Document) -> str:
    """Return a written text as it is stored, with codes in place of labels; an unknown place stays."""
    labels = place_labels(document)
    codes = {_folded(label): code for code, label in labels.items()} | {code: code for code in labels}
    return _PLACE.sub(lambda place: "{" + codes.get(_folded(place[1]), place[1]) + "}", text)


def unknown_places(text: str, document: Document) -> list[str]:
    """Return what stands in braces and is no place of this form, and the braces that have no partner."""
    known = place_labels(document)
    unknown = [place[0] for place in _PLACE.finditer(text) if place[1].strip() not in known]
    return list(dict.fromkeys([*unknown, *_BRACE.findall(_PLACE.sub("", text))]))


def require_known_places(text: str, document: Document) -> None:
    """Raises Unreadable, with the list of usable places, for a stored text with an unknown place."""
    if unknown := unknown_places(text, document):
        usable = "、".join("{" + label + "}" for label in place_labels(document).values())
        raise Unreadable(
            f"通知書の文の「{'」「'.join(unknown)}」は、案件の内容に置き換えられません。使えるもの: {usable}"
        )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a stored text with the values of its places; a place without a value stays as it is written."""
    return _PLACE.sub(lambda place: values.get(place[1].strip(), place[0]), text)


def missing_questions(codes: Iterable[str], document: Document) -> list[str]:
    """Return the codes of questions that a letter should quote and that the form does not have."""
    known = quotable_questions(document)
    return [code for code in codes if code not in known]
