"""一件の確認: fields beside their part of the picture, saved field by field, and the case in the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.cases.paper import scan_intake
from todoke.office.scans.application_page import UNREADABLE, page_context, sent_values, shown_at
from todoke.office.scans.batch_page import batch_for
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import ScanBatch
from todoke.scans.verification_entry import enter_values
from todoke.web.actions import RefusalsSaid, action
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest, token: str, application: int) -> HttpResponse:
    """Show the fields that a person checks, the least sure first, beside the picture."""
    batch = batch_for(request, token)
    context = page_context(request, batch, application)
    return render(request, "office/scans/application.html", context | {"case": scan_intake.case_of(batch, application)})


def _page(request: HttpRequest, token: str, application: int) -> str:
    return reverse("office:scan-application", args=[token, application])


@action(_page)
def verification(request: HttpRequest, token: str, application: int) -> str:
    """Keep the values of the fields that were sent."""
    batch = batch_for(request, token)
    fields = ApplicationFields(batch, application, staff(request))
    only = "filled" in request.POST
    values = sent_values(request.POST, fields, only_filled=only)
    unreadable = frozenset(request.POST.getlist(UNREADABLE))
    done = enter_values(fields, values, shown_at=shown_at(request.POST), unreadable=unreadable)
    return f"{done}個の欄を保存しました。"


@require_POST
def receipt(request: HttpRequest, token: str, application: int) -> HttpResponse:
    """Make the case; what the form refuses is said beside its field, and nothing is lost."""
    batch = batch_for(request, token)
    with RefusalsSaid(request):
        found = scan_intake.receive(batch, application, by=staff(request))
        if found.case is None:
            return _refused(request, batch, application, found)
        messages.success(request, f"受付番号 {found.case.number} で受け付けました。")
        return redirect("office:scan", token)
    return redirect("office:scan-application", token, application)


def _refused(
    request: HttpRequest, batch: ScanBatch, application: int, found: scan_intake.ScanIntake
) -> HttpResponse:  # fmt: skip
    """Show the page again with what the form refuses, and the way to complete it at the counter."""
    context = page_context(request, batch, application, dict(found.problems))
    return render(request, "office/scans/application.html", context | {"draft": found.token, "case": None}, status=422)
