"""Printing 決裁文書: the decided matter with everybody who decided, as PDF/UA-1. What people wrote is never markup."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from todoke.approvals.models import Proposal
from todoke.approvals.reading import sections_of
from todoke.approvals.trail import trail_of
from todoke.japanese.calendar import JAPAN, business_date, in_era

HERE = Path(__file__).parent
FONTS = settings.ROOT / "src" / "todoke" / "design" / "fonts"


MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def _moment(instant: Any) -> str:
    local = instant.astimezone(JAPAN)
    return f"{in_era(local.date())} {local:%H:%M}"


def sheet_of(proposal: Proposal) -> dict[str, Any]:
    """Return everything that the printed document says, as plain data."""
    dossier = proposal.dossier
    branch = proposal.branch
    return {
        "number": proposal.number,
        "title": proposal.title,
        "status": proposal.get_status_display(),
        "municipality": settings.MUNICIPALITY,
        "facts": [
            ["起案日", in_era(business_date(proposal.opened_at))],
            ["起案者", f"{proposal.department.name} {proposal.drafter}"],
            ["金額", "なし" if proposal.amount is None else f"{proposal.amount:,}円"],
            ["重要度", proposal.get_importance_display()],
            ["至急", proposal.urgent_reason or "いいえ"],
            ["決裁区分", f"{proposal.route_version.basis} {branch.basis}".strip()],
            ["確定日", in_era(business_date(proposal.settled_at)) if proposal.settled_at else "未確定"],
        ],
        "sections": [asdict(section) for section in sections_of(dossier.content)],
        "marks": [asdict(mark) | {"at": _moment(mark.at) if mark.at else ""} for mark in trail_of(proposal)],
        "hash": dossier.hash,
        "sound": dossier.seal() == dossier.hash,
        "missing": [],
        "synthetic": "デモ(架空の区の文書です)" if settings.DEMO else "",
    }


def _compile(text: str) -> bytes:
    made = typst.compile(
        HERE / "sheet.typ",
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"sheet": text},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def print_sheet(proposal: Proposal) -> bytes:
    """Return the 決裁文書 as PDF/UA-1. A character that no font has is printed as 〓 with its code, never left out."""
    sheet = sheet_of(proposal)
    missing: list[str] = []
    while True:
        try:
            return _compile(json.dumps(sheet | {"missing": missing}, ensure_ascii=False))
        except typst.TypstError as error:
            found = MISSING.search(str(error))
            if found is None or found[1] in missing:
                raise
            missing.append(found[1])
            text = json.dumps(sheet, ensure_ascii=False)
            for character in found[1]:
                text = text.replace(character, f"〓(U+{ord(character):04X})")
            sheet = json.loads(text)
