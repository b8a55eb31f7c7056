"""Paper forms 紙の一式: every open service as a PDF to be filled in by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import segno
from django.db.models import QuerySet

from todoke.design.municipality import municipality
from todoke.design.pdf import FONTS, query_office_pdf, render_office_pdf, render_pages
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.publication.manual import papers_of
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.japanese.calendar import today
from todoke.offers.fees import price_of
from todoke.offers.models import FeeLine, Release
from todoke.procedures.models import Procedure
from todoke.runtime.links import absolute
from todoke.scans.page_code import page_code
from todoke.spreadsheets.writer import csv_lines

TEMPLATE = Path(__file__).parent / "paper.typ"
SLIP, LISTED = "00_様式のない手続の受付票.pdf", "00_様式のない手続の一覧.csv"
UNFILLED: dict[str, Any] = {"filled": {}, "hand": "BIZ UDPGothic"}
HEADS = ("手続番号", "手続名", "担当部署", "電話番号", "根拠法令")
GENERAL: dict[str, Any] = {
    "schema": 1, "title": "手続の受付票", "pages": [{"id": "slip", "title": "申請の内容", "groups": [{
        "id": "slip", "title": "", "questions": [
            {"id": "number", "kind": "short_text", "label": "手続番号(一覧にあります)"},
            {"id": "procedure", "kind": "short_text", "label": "手続の名前"},
            {"id": "applicant", "kind": "name", "label": "申請する人"},
            {"id": "address", "kind": "address", "label": "住所"},
            {"id": "phone", "kind": "short_text", "label": "電話番号", "required": "no"},
            {"id": "matter", "kind": "long_text", "label": "申請の内容"},
            {"id": "papers", "kind": "long_text", "label": "受け取った書類", "required": "no"},
        ],
    }]}],
}  # fmt: skip
MOST_PRINTED, MOST_PAGES = 64, 12
"""Forms that a process keeps, and pages of one form that bear a code."""
_PRINTED: dict[tuple[int, date], bytes] = {}
UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


def releases(number: str = "") -> QuerySet[Release]:
    """Return the releases in force today, or the one of a procedure's number."""
    found = Release.objects.open().select_related("offer__procedure", "offer__department", "form_version")
    if number:
        found = found.filter(offer__procedure__number=number)
    return found.order_by("offer__procedure__number").prefetch_related("fees")


def _fee(line: FeeLine, document: Document) -> str:
    """Return one fee as the printed form says it: 育成料 5,000円(お子さん 1件につき、2人目から2,500円)."""
    each = "1件・1通につき" if line.unit_question else ""
    if line.rows_of:
        repeat = document.group(line.rows_of).repeat
        later = [f"2件目は{price_of(line, 2):,}円" if line.second_percent is not None else ""]
        later += [f"3件目からは{price_of(line, 3):,}円" if line.third_percent is not None else ""]
        each = "、".join(filter(None, [f"{repeat.noun if repeat else ''}ごと", *later]))
    return f"{line.label} {line.amount:,}円{f'({each})' if each else ''}"


def _code(text: str) -> str:
    """Return the two-dimensional code of a page as SVG."""
    return unquote(segno.make_qr(text, error="m").svg_data_uri(scale=2, border=4, light="white").partition(",")[2])


def form_context(release: Release) -> dict[str, Any]:
    """Return the data of one printed form."""
    offer, document = release.offer, release.form_version.parsed
    paper = build_paper_form(document, absolute("portal:procedure", offer.procedure.number))
    fees = [_fee(line, document) for line in release.fees.all()]
    return {
        "municipality": municipality().name,
        "title": offer.procedure.title,
        "number": offer.procedure.number,
        "version": release.number,
        "department": offer.department.name,
        "phone": offer.department.phone,
        "days": release.standard_days,
        "delivery": release.delivery,
        "fees": fees or ["かかりません"],
        "papers": [f"{item.label}{f'({item.note})' if item.note else ''}" for item in papers_of(document)],
        "sheets": [asdict(sheet) for sheet in paper.sheets],
        "address": paper.address,
        "qr": unquote(paper.qr.partition(",")[2]),
        "codes": [_code(page_code(offer.code, release.number, page)) for page in range(1, MOST_PAGES + 1)],
        "printed": today().isoformat(),
        **UNFILLED,
    }


def boxes_of(release: Release) -> list[dict[str, Any]]:
    """Return the boxes of the printed form as the typesetter places them.

    Each has ``key``, ``hint``, ``title``, ``required``, ``several``, ``value`` and ``label`` of a □, ``page``, and
    ``x``, ``y``, ``w``, ``h`` in millimetres.
    """
    return query_office_pdf(TEMPLATE, form_context(release), "<box>")


def page_count(release: Release) -> int:
    """Return how many pages the printed form has."""
    (pages,) = query_office_pdf(TEMPLATE, form_context(release), "<pages>")
    return int(pages)


def sample_pages(
    release: Release, filled: Mapping[str, Sequence[str]], *, hand: str = UNFILLED["hand"], fonts: Iterable[Path] = (),
    dpi: int = 150,
) -> list[bytes]:  # fmt: skip
    """Return the pages of the printed form as PNG, filled in with invented answers by the key of their box."""
    context = form_context(release) | {"filled": {key: list(values) for key, values in filled.items()}, "hand": hand}
    return render_pages(TEMPLATE, context, dpi=dpi, fonts=(FONTS, *fonts))


def file_name(release: Release) -> str:
    """Return the file name of a service's form."""
    procedure = release.offer.procedure
    return f"{procedure.number}_{UNSAFE.sub('', procedure.title)[:40]}.pdf"


def print_form(release: Release) -> bytes:
    """Return the PDF of one service; set once a day and release in a process, as anybody may ask for it."""
    key = (release.pk, today())
    if key not in _PRINTED:
        if len(_PRINTED) >= MOST_PRINTED:
            _PRINTED.clear()
        _PRINTED[key] = render_office_pdf(TEMPLATE, form_context(release))
    return _PRINTED[key]


def print_all(folder: Path, number: str = "") -> list[str]:
    """Write one PDF per service into a folder, each atomically; return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for release in releases(number):
        name = file_name(release)
        half = folder / f".{name}.half"
        half.write_bytes(render_office_pdf(TEMPLATE, form_context(release)))
        half.replace(folder / name)
        names.append(name)
    return names


def procedures_without_form() -> list[Procedure]:
    """Return the current procedures that no open service takes, whose own forms stay with their departments."""
    taken = Release.objects.open().values("offer__procedure")
    rows = Procedure.objects.current().filed_by_the_public().exclude(pk__in=taken)
    return list(rows.select_related("department").order_by("serial"))


def plain_context(title: str, document: Document, codes: Sequence[str] = ()) -> dict[str, Any]:
    """Return the data of a printed form that belongs to no offer; ``codes`` are the texts of the codes by page."""
    paper = build_paper_form(document, "")
    return {
        "municipality": municipality().name, "title": title, "number": "", "version": 1,
        "department": "担当の部署", "phone": "", "days": 0, "delivery": "担当の部署がお知らせします",
        "fees": ["担当の部署がお知らせします"], "papers": [], "sheets": [asdict(sheet) for sheet in paper.sheets],
        "address": "", "qr": "", "codes": [_code(text) for text in codes], "printed": today().isoformat(),
        **UNFILLED,
    }  # fmt: skip


def print_slip(folder: Path) -> int:
    """Write the slip for procedures without a form, and their list; return how many there are."""
    found = procedures_without_form()
    if not found:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    context = plain_context(GENERAL["title"], read_document(GENERAL))
    (folder / SLIP).write_bytes(render_office_pdf(TEMPLATE, context))
    rows = (
        (each.number, each.title, *((each.department.name, each.department.phone) if each.department else ("", "")),
         each.law)
        for each in found
    )  # fmt: skip
    (folder / LISTED).write_text("".join(csv_lines(HEADS, rows)), encoding="utf-8")
    return len(found)
