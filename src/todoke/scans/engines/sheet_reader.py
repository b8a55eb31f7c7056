"""Sheet reader 紙面の読取り: every field of one sheet by its type; a sheet that is not aligned has no readings.

``read_sheet`` runs in the bounded process: it needs no database and no settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from todoke.file_validation.progress_report import report_progress
from todoke.lazy_modules import np
from todoke.runtime.refusals import Unreadable
from todoke.scans.engines.ocr_engine import LineReader, line_reader
from todoke.scans.engines.page_picture import DPI, PagePicture, ink_of, line_of
from todoke.scans.page_code import PageCode
from todoke.scans.recognition.choice_marks import marked_choice
from todoke.scans.recognition.field_types import MARKED, FieldType
from todoke.scans.recognition.field_values import normalised, problem
from todoke.scans.recognition.page_registration import Matrix, Point
from todoke.scans.template_fields import TemplateField

WIDER = 2.0
"""Millimetres by which a box is widened where the ink touches its border."""
TOUCHES = "字が枠からはみ出しています。"


@dataclass(frozen=True)
class ReadField:
    """読んだ欄: the normalised text, how sure its weakest character is, and what the checks said."""

    key: str
    text: str
    confidence: float
    problem: str


@dataclass(frozen=True)
class ReadSheet:
    """読んだ紙面: how it was aligned, which page it says it is, and its fields."""

    turn: int
    code: PageCode | None
    matrix: Matrix | None
    fields: tuple[ReadField, ...]
    engine: str = ""
    version: str = ""
    model_sha256: str = ""


def read_sheet(content: bytes, size: Point, fields: Sequence[TemplateField], page: int) -> ReadSheet:
    """Return what is written in the fields of a page; the page is what its code says, else ``page``.

    Raises Unreadable for what is no picture, Refused without the extra.
    """
    picture = PagePicture(content)
    aligned = picture.align(size)
    if aligned.matrix is None:
        return ReadSheet(aligned.turn, aligned.code, None, ())
    here, reader = aligned.code.page if aligned.code else page, line_reader()
    found = [
        read_field(picture, field, reader)
        for field in fields
        if field.page == here and field.kind is not FieldType.MY_NUMBER
    ]
    return ReadSheet(
        aligned.turn, aligned.code, aligned.matrix, tuple(found), reader.name, reader.version, reader.model_sha256
    )


def read_sheets(
    pages: Sequence[tuple[bytes, int]], size: Point, fields: Sequence[TemplateField]
) -> list[ReadSheet]:  # fmt: skip
    """Return the readings of some pictures, each with its assumed page, and tell the progress.

    Raises as ``read_sheet`` does.
    """
    found = []
    for done, (content, page) in enumerate(pages):
        report_progress(done, len(pages))
        found.append(read_sheet(content, size, fields, page))
    return found


def read_field(picture: PagePicture, field: TemplateField, reader: LineReader) -> ReadField:
    """Return what is written in one field of an aligned picture."""
    if field.kind in MARKED:
        return _choice(picture, field)
    line = line_of(picture.box(field.box.wider(-1.0)))
    if line is None:
        return ReadField(
            field.key, "", 0.0 if field.required else 1.0, problem(field.kind, "", required=field.required)
        )
    cut, touches = line
    if touches:
        wider = line_of(picture.box(field.box.wider(WIDER - 1.0)))
        cut = wider[0] if wider else cut
    read = reader.read_line(np.repeat(cut[:, :, np.newaxis], 3, axis=2), field.kind)
    text = normalised(field.kind, read.text)
    wrong = problem(field.kind, text, required=field.required)
    return ReadField(field.key, text, read.lowest, TOUCHES if touches and not wrong else wrong)


def _choice(picture: PagePicture, field: TemplateField) -> ReadField:
    shares = []
    for mark in field.marks:
        cut = picture.box(mark.box.wider(-0.5))
        shares.append((mark.value, ink_of(cut) / cut.size))
    found = marked_choice(shares, several=field.kind is FieldType.CHOICES)
    wrong = problem(field.kind, found.text, required=field.required, choices=field.choices)
    return ReadField(field.key, found.text, found.confidence, wrong)


def pages_of_pdf(content: bytes, most: int) -> list[bytes]:
    """Return the pages of a scanned PDF as PNG at 200 dpi. Raises Unreadable for a broken one or more pages."""
    pdfium: Any = import_module("pypdfium2")
    vision: Any = import_module("cv2")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("PDFを開けませんでした。もう一度スキャンしてください。") from error
    if len(document) > most:
        raise Unreadable(f"PDFは{most}ページまでです({len(document)}ページあります)。分けてスキャンしてください。")
    made = []
    for page in document:
        picture = page.render(scale=DPI / 72, grayscale=True).to_numpy()
        made.append(bytes(vision.imencode(".png", picture)[1].tobytes()))
    return made


def black_out_numbers(
    content: bytes, size: Point, fields: Sequence[TemplateField], form: tuple[str, int], page: int, suffix: str
) -> bytes:  # fmt: skip
    """Return a page with the boxes of My Numbers in black; ``page`` counts where no code says it, 0 for none.

    ``form`` is the key and version of the template. Raises Unreadable where nobody can tell where the boxes are.
    """
    picture = PagePicture(content)
    aligned = picture.align(size)
    here = aligned.code.page if aligned.code else page
    is_other = aligned.code is not None and (aligned.code.key, aligned.code.version) != form
    if aligned.matrix is None or not here or is_other:
        raise Unreadable(
            "四隅の印と二次元コードが見つからないか、別の様式なので、個人番号の欄を黒塗りできません。画像は保存していません。"
            "折れや影のないように、もう一度スキャンしてください。"
        )
    return picture.black_out(
        [field.box for field in fields if field.page == here and field.kind is FieldType.MY_NUMBER], suffix
    )
