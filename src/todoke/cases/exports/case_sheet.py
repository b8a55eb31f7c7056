"""Case sheet 案件の写し: one case as a PDF for the office: what was answered, attached, and done."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.accounts.actors import Actor
from todoke.cases.models import Case
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.formbuilder.answers.journey import SummaryRow
from todoke.japanese.calendar import JAPAN, business_date, format_date

TEMPLATE = Path(__file__).parent / "case_sheet.typ"


@dataclass(frozen=True)
class CaseSheet:
    """案件の写し: of one case, as it stands now; a My Number is masked."""

    case: Case

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed as the case does."""
        self.case.require_taking(by=by)

    def as_pdf(self, *, by: str) -> bytes:
        """Return the PDF, which says who made it; a character that no font has is shown by its code."""
        return render_office_pdf(TEMPLATE, self._data(by))

    def _data(self, by: str) -> dict[str, Any]:
        case = self.case
        received = case.received_at.astimezone(JAPAN)
        charge = case.charge
        facts = [
            ("手続", case.title),
            ("受付番号", case.number),
            ("申請者", case.applicant_name or "記入なし"),
            (
                "受け付けた日時",
                f"{format_date(business_date(received))} {received:%H:%M}({case.get_channel_display()})",
            ),
            ("状態", case.get_status_display()),
            ("担当", f"{case.department.name} {case.assignee.name if case.assignee else '担当者未定'}"),
            ("手数料", f"{charge.yen:,}円({charge.status.label})" if charge is not None and charge.yen else "無料"),
            ("様式の版", f"第{case.submission.version.number}版"),
            ("決定の理由", case.decision_reason or "なし"),
        ]
        return {
            "number": case.number,
            "municipality": municipality().name,
            "facts": [[label, said] for label, said in facts],
            "pages": [{"title": title, "rows": rows} for title, rows in self._pages()],
            "papers": [[upload.name, f"{upload.size:,}"] for upload in case.submission.uploads.current()],
            "events": [
                [f"{format_date(event.at.astimezone(JAPAN).date())} {event.at.astimezone(JAPAN):%H:%M}",
                 event.act, event.actor_label, event.reason]
                for event in case.events.order_by("at", "pk")
            ],
            "by": by,
            "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
        }  # fmt: skip

    def _pages(self) -> list[tuple[str, list[list[str]]]]:
        summary = self.case.submission.journey(staff=True).summary()
        pages = [(page.title, [[_label(row), row.text] for row in rows if row.text]) for page, rows in summary]
        return [(title, rows) for title, rows in pages if rows]


def _label(row: SummaryRow) -> str:
    return f"{row.heading} {row.label}".strip() if row.row else row.label
