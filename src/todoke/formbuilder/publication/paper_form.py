"""Paper forms 紙の様式: a document laid out for printing, with a QR code of the online service."""

from dataclasses import dataclass

import segno

from todoke.formbuilder.document.answer_parts import parts_of
from todoke.formbuilder.document.structure import Document, FormPage, Group, Question, QuestionKind, Required

COPIES = 3


@dataclass(frozen=True)
class PaperQuestion:
    """紙の一行: a question with the content of its box."""

    label: str
    note: str
    boxes: tuple[str, ...]
    choices: tuple[str, ...]
    tall: bool
    mark: str
    sentence: str


@dataclass(frozen=True)
class PaperSection:
    """紙のまとまり: a group as a table; a repeating one is printed up to three times."""

    title: str
    lead: str
    sentence: str
    lines: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class PaperForm:
    """紙の様式: the sections and QR code printed on A4."""

    document: Document
    sheets: tuple[PaperSection, ...]
    qr: str
    address: str


def build_paper_form(document: Document, address: str) -> PaperForm:
    """Return the paper form of a document; ``address`` is the URL of the online service."""
    sheets = tuple(
        sheet for page in document.pages for group in page.groups for sheet in _sheets(document, page, group)
    )
    code = segno.make(address, error="m")
    return PaperForm(document, sheets, code.svg_data_uri(scale=3, border=2), address)


def _sheets(document: Document, page: FormPage, group: Group) -> list[PaperSection]:
    conditions = [document.condition_sentence(when) for when in (page.when, group.when) if when]
    lines = tuple(
        _line(document, question)
        for question in group.questions
        if question.kind is not QuestionKind.INFORMATION or question.when is None
    )
    title = group.title or page.title
    sentence = "、".join(f"{words}だけ記入" for words in conditions)
    if group.repeat is None:
        return [PaperSection(title, group.lead or page.lead, sentence, lines)]
    copies = range(1, min(group.repeat.most, COPIES) + 1)
    return [
        PaperSection(f"{group.repeat.noun} {number}", group.lead if number == 1 else "", sentence, lines)
        for number in copies
    ]


def _line(document: Document, question: Question) -> PaperQuestion:
    boxes: tuple[str, ...] = tuple(parts_of(question).values())
    if question.kind is QuestionKind.DATE:
        boxes = ("令和・平成・昭和・西暦　　　年　　　月　　　日",)
    if question.kind is QuestionKind.MY_NUMBER:
        boxes = ("□" * 4 + " " + "□" * 4 + " " + "□" * 4,)
    if question.formula is not None:
        boxes = (f"計算: {document.formula_sentence(question.formula)}",)
    choices = tuple(question.option_label(value) for value in question.option_values())
    if question.kind is QuestionKind.DECLARATION:
        choices = ("同意します",)
    if question.kind is QuestionKind.FILE:
        choices = ("この書類を付けます",)
    mark = {Required.NO: "任意", Required.STAFF: "職員記入欄"}.get(question.required, "")
    sentence = f"{document.condition_sentence(question.when)}だけ記入" if question.when else ""
    tall = question.kind in {QuestionKind.LONG_TEXT, QuestionKind.ADDRESS}
    return PaperQuestion(question.label, question.help, boxes, choices, tall, mark, sentence)
