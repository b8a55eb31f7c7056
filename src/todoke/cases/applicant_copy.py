"""Applicant copy 控え: what an applicant sent, as she reads it on her page and keeps it as a PDF."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from todoke.accounts.actors import Actor, user_of
from todoke.cases.correction.seen_originals import seen_originals, with_originals
from todoke.cases.letters.letter_pdf import logo_data
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import is_flagged
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.formbuilder.answers.journey import SummaryRow
from todoke.japanese.calendar import JAPAN, business_date, format_date
from todoke.payments.models import Charge
from todoke.runtime.refusals import NotAllowed, NotYet

TEMPLATE = Path(__file__).parent / "letters" / "copy.typ"


@dataclass(frozen=True)
class ApplicantCopy:
    """控え: the answers of a case as they stand after the last correction, for its applicant."""

    case: Case

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for another account, NotYet in words that tell nothing of a flag (支援措置)."""
        user = user_of(by)
        if user is not None and self.case.applicant_id not in {None, user.pk}:
            raise NotAllowed("この控えを見られるのは、申請した本人です。")
        if is_flagged(self.case):
            department = self.case.department
            said = _("送った内容は、いま、この画面ではお見せできません。{where}に、お電話ください。")
            raise NotYet(said.format(where=f"{department.name} {department.phone}".strip()))

    def pages(self) -> list[tuple[str, list[SummaryRow]]]:
        """Return the answers page by page, under the title of each page; questions without an answer are left out."""
        seen = seen_originals(self.case)
        summary = self.case.submission.journey().summary()
        said = _("原本を職員が確認しました。")
        pages = [(page.title, [row for row in with_originals(rows, seen, said) if row.text]) for page, rows in summary]
        return [(title, rows) for title, rows in pages if rows]

    def as_pdf(self) -> bytes:
        """Return the copy as a PDF; a character that no font has is shown by its code."""
        received = self.case.received_at.astimezone(JAPAN)
        charge = self.case.charge
        return render_office_pdf(
            TEMPLATE,
            {
                "title": self.case.title,
                "municipality": municipality().name,
                **logo_data(),
                "number": self.case.number,
                "received": f"{format_date(business_date(received))} {received:%H:%M}",
                "contact": f"{self.case.department.name} {self.case.department.phone}".strip(),
                "fee": _fee(charge),
                "delivery": self.case.delivery_wish or self.case.release.delivery,
                "pages": [
                    {"title": title, "rows": [[_label(row), row.text] for row in rows]} for title, rows in self.pages()
                ],
                "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
            },
        )


def _fee(charge: Charge | None) -> str:
    """Return the fee and how it stands, without the treasurer's words (調定取消)."""
    if charge is None or not charge.yen:
        return "無料"
    standing = "納める必要はありません" if charge.status == Charge.Status.CANCELLED else charge.status.label
    return f"{charge.yen:,}円({standing})"


def _label(row: SummaryRow) -> str:
    return f"{row.heading} {row.label}".strip() if row.row else row.label
