"""Paper forms 紙の様式: a document laid out for printing, with a QR code of the online service."""

from dataclasses import dataclass

import segno

from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.document.answer_parts import ACCOUNT_TYPES, OPTIONAL_PARTS, parts_of
from todoke.formbuilder.document.structure import Document, FormPage, Group, Question, QuestionKind, Required

COPIES = 3
_WITHOUT_BOX = frozenset({QuestionKind.FILE, QuestionKind.INFORMATION, QuestionKind.CALCULATED})
_ERAS = tuple((era, era) for era in ("令和", "平成", "昭和", "西暦"))
_ACCOUNTS = tuple((kind, kind) for kind in ACCOUNT_TYPES)
_DAY_PARTS = {"era": "元号", "year": "年", "month": "月", "day": "日"}


@dataclass(frozen=True)
class PaperField:
    """紙の記入枠: a box to write in, or a row of □, under the name that the input has on the page (``input_name``).

    ``label`` is printed at the box, ``title`` names it elsewhere (2人目のお子さんの氏名 氏). ``hint`` is the kind of
    the question, or the part of it where that says more: ``postal``, ``family_kana``, ``year``, ``account``.
    """

    key: str
    label: str
    title: str
    hint: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False


@dataclass(frozen=True)
class PaperQuestion:
    """紙の一行: a question with the boxes to write in; ``boxes`` and ``choices`` are print that nothing reads."""

    label: str
    note: str
    boxes: tuple[str, ...]
    choices: tuple[str, ...]
    tall: bool
    mark: str
    sentence: str
    fields: tuple[PaperField, ...] = ()


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
    printed = [each for each in group.questions if each.kind is not QuestionKind.INFORMATION or each.when is None]
    title = group.title or page.title
    sentence = "、".join(f"{words}だけ記入" for words in conditions)
    if group.repeat is None:
        lines = tuple(_line(document, question, 0) for question in printed)
        return [PaperSection(title, group.lead or page.lead, sentence, lines)]
    return [
        PaperSection(
            f"{group.repeat.noun} {number}",
            group.lead if number == 1 else "",
            sentence,
            tuple(_line(document, question, number, group.repeat.row_name(number)) for question in printed),
        )
        for number in range(1, min(group.repeat.most, COPIES) + 1)
    ]


def fields_of(question: Question, row: int = 0, of: str = "") -> tuple[PaperField, ...]:
    """Return the boxes of a question in a row (0 outside repeating groups); none where nothing is written.

    ``of`` names the row in the titles: 2人目のお子さん.
    """
    if question.kind in _WITHOUT_BOX or question.formula is not None or question.required is Required.STAFF:
        return ()
    asked, is_asked = f"{of}の{question.label}" if of else question.label, _is_always_asked(question)
    if question.kind is QuestionKind.DATE:
        return tuple(
            PaperField(input_name(question.id, row, part), label if part != "era" else "", f"{asked} {label}", part,
                       is_asked, _ERAS if part == "era" else ())
            for part, label in _DAY_PARTS.items()
        )  # fmt: skip
    if parts := parts_of(question):
        is_account = question.kind is QuestionKind.BANK_ACCOUNT
        return tuple(
            PaperField(input_name(question.id, row, part), label, f"{asked} {label}",
                       "account" if is_account and part == "number" else part, is_asked and part not in OPTIONAL_PARTS,
                       _ACCOUNTS if is_account and part == "type" else ())
            for part, label in parts.items()
        )  # fmt: skip
    name, several = input_name(question.id, row), question.kind is QuestionKind.CHOICES
    return (PaperField(name, "", asked, question.kind.value, is_asked, _choices(question), several),)


def every_field(document: Document) -> list[PaperField]:
    """Return every box of a form, in its order."""
    return [field for sheet in build_paper_form(document, "").sheets for line in sheet.lines for field in line.fields]


def _is_always_asked(question: Question) -> bool:
    return question.required is Required.HARD and question.when is None


def _choices(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind is QuestionKind.DECLARATION:
        return (("yes", "同意します"),)
    return tuple((value, question.option_label(value)) for value in question.option_values())


def _line(document: Document, question: Question, row: int, of: str = "") -> PaperQuestion:
    boxes = () if question.formula is None else (f"計算: {document.formula_sentence(question.formula)}",)
    choices = ("この書類を付けます",) if question.kind is QuestionKind.FILE else ()
    mark = {Required.NO: "任意", Required.STAFF: "職員記入欄"}.get(question.required, "")
    sentence = f"{document.condition_sentence(question.when)}だけ記入" if question.when else ""
    tall = question.kind in {QuestionKind.LONG_TEXT, QuestionKind.ADDRESS}
    fields = fields_of(question, row, of)
    return PaperQuestion(question.label, question.help, boxes, choices, tall, mark, sentence, fields)
