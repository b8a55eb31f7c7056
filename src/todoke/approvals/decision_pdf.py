"""Decision PDF 決裁文書: the decided proposal with its decision history, as PDF/UA-1. User text is never markup."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.approvals.decision_history import history_of
from todoke.approvals.dossier_sections import sections_of
from todoke.approvals.models import Proposal
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import JAPAN, business_date, format_era_date

HERE = Path(__file__).parent


def _moment(instant: Any) -> str:
    local = instant.astimezone(JAPAN)
    return f"{format_era_date(local.date())} {local:%H:%M}"


def document_data(proposal: Proposal) -> dict[str, Any]:
    """Return the data that the document prints."""
    dossier = proposal.dossier
    decision_class = proposal.decision_class
    return {
        "number": proposal.number,
        "title": proposal.title,
        "status": proposal.get_status_display(),
        "municipality": municipality().name,
        "facts": [
            ["起案日", format_era_date(business_date(proposal.opened_at))],
            ["起案者", f"{proposal.department.name} {proposal.drafter}"],
            ["金額", "なし" if proposal.amount is None else f"{proposal.amount:,}円"],
            ["重要度", proposal.get_importance_display()],
            ["至急", proposal.urgent_reason or "いいえ"],
            ["決裁区分", f"{proposal.route_version.basis} {decision_class.basis}".strip()],
            ["確定日", format_era_date(business_date(proposal.settled_at)) if proposal.settled_at else "未確定"],
        ],
        "sections": [asdict(section) for section in sections_of(dossier.content)],
        "marks": [asdict(mark) | {"at": _moment(mark.at) if mark.at else ""} for mark in history_of(proposal)],
        "hash": dossier.hash,
        "sound": dossier.compute_hash() == dossier.hash,
        "synthetic": "デモ(架空の区の文書です)" if settings.DEMO else "",
    }


def render_decision(proposal: Proposal) -> bytes:
    """Return the 決裁文書 as PDF/UA-1; a character that no font has is printed as 〓 with its code point."""
    return render_office_pdf(HERE / "sheet.typ", document_data(proposal))
