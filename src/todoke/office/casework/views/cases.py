"""案件: the case list, and the page of one case."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.permissions import RUN_SELECTION
from todoke.cases import messages
from todoke.cases.models import Case
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.casework.case_list import CaseList
from todoke.office.casework.case_page import case_context
from todoke.office.casework.case_papers import take_upload
from todoke.office.casework.forms.cases import AssignmentForm
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


def case_for(request: HttpRequest, number: str) -> Case:
    """Return a case of the person's departments. Raises Http404."""
    cases = Case.objects.in_office_of(staff(request)).select_related(
        "release__offer__procedure", "department", "assignee", "applicant", "recorded_by", "charge__receipt",
        "proposal", "submission__draft__representation",
    )  # fmt: skip
    return get_object_or_404(cases.distinct(), number=number)


def show_list(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    selects = any(tenure.post.role in RUN_SELECTION.roles for tenure in request.posts)  # type: ignore[attr-defined]
    context = {"assignment": AssignmentForm(user=user), "selects": selects}
    context |= CaseList(user).page(request.GET).context()
    return render(request, "office/cases/list.html", context)


@asks_reason
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(CaseList(staff(request)), request)


def show(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    case.record_view(by=staff(request))
    messages.mark_seen(case, messages.Sender.APPLICANT)
    return render(request, "office/cases/show.html", case_context(case, staff(request)))


@require_GET
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt slip (受付票) of a case, to be printed and handed to the applicant."""
    case = case_for(request, number)
    case.record_view(by=staff(request))
    return render(request, "office/cases/slip.html", {"case": case})


@asks_reason
def upload(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    """Return an attachment, to be looked at or saved."""
    case, by = case_for(request, number), staff(request)
    found = get_object_or_404(case.submission.uploads.current(), token=token)
    return take_upload(request, case, found, case, lambda: case.record_view(by=by))
