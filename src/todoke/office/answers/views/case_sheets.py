"""案件の写し: one case as a PDF."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from todoke.audit.data_exports import Export
from todoke.cases.exports.case_sheet import CaseSheet
from todoke.cases.models.stop_flag import is_flagged
from todoke.office.casework.case_papers import CAUTION
from todoke.office.casework.views.cases import case_for
from todoke.web import downloads
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


@asks_reason
def document(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the PDF of a case; asks for a reason where a protected person is named."""
    case, by = case_for(request, number), staff(request)
    facts = Export(
        f"案件の写し {case.number}", f"案件の写し_{case.number}.pdf", 1, persons=1,
        caution=CAUTION if is_flagged(case) else "", subject=case, back=reverse("office:case", args=[number]),
    )  # fmt: skip
    sheet = CaseSheet(case)
    return downloads.export(request, sheet, lambda: sheet.as_pdf(by=by.name), facts)
