"""Paper forms 紙の一式: every open service as a PDF to be filled in by hand."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings

from todoke.design.pdf import render_office_pdf
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.japanese.calendar import today
from todoke.offers.models import Release
from todoke.runtime.links import absolute

TEMPLATE = Path(__file__).parent / "paper.typ"
UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


def releases(number: str = "") -> Iterator[Release]:
    """Yield the releases in force today, or the one of a procedure's number."""
    found = Release.objects.open().select_related("offer__procedure", "offer__department", "form_version")
    if number:
        found = found.filter(offer__procedure__number=number)
    yield from found.order_by("offer__procedure__number").prefetch_related("fees")


def form_context(release: Release) -> dict[str, Any]:
    """Return the data of one printed form."""
    offer, document = release.offer, release.form_version.parsed
    paper = build_paper_form(document, absolute("portal:procedure", offer.procedure.number))
    fees = [
        f"{line.label} {line.amount:,}円{'(1件・1通につき)' if line.unit_question else ''}"
        for line in release.fees.all()
    ]
    return {
        "municipality": settings.MUNICIPALITY,
        "title": offer.procedure.title,
        "number": offer.procedure.number,
        "version": release.number,
        "department": offer.department.name,
        "phone": offer.department.phone,
        "days": release.standard_days,
        "delivery": release.delivery,
        "fees": fees or ["かかりません"],
        "papers": [f"{item.label}{f'({item.note})' if item.note else ''}" for item in document.papers],
        "sheets": [asdict(sheet) for sheet in paper.sheets],
        "address": paper.address,
        "qr": unquote(paper.qr.partition(",")[2]),
        "printed": today().isoformat(),
    }


def file_name(release: Release) -> str:
    """Return the file name of a service's form."""
    procedure = release.offer.procedure
    return f"{procedure.number}_{UNSAFE.sub('', procedure.title)[:40]}.pdf"


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
