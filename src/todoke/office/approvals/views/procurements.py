"""調達: purchases, their comparison with the previous one, approval, and contract."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.approvals.models import Procurement, Proposal
from todoke.approvals.permissions import OPEN_PROPOSAL
from todoke.lists.list_page import list_page
from todoke.office.approvals.forms.procurements import ProcurementForm, ProposeForm
from todoke.office.approvals.procurement_list import ProcurementList
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def procurement_for(request: HttpRequest, number: str) -> Procurement:
    """Return a procurement visible to the person. Raises Http404."""
    rows = Procurement.objects.visible_to(staff(request)).select_related("department", "proposal", "drafted_by")
    return get_object_or_404(rows, number=number)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the purchases of the department, newest first; headquarters sees all."""
    return list_page(request, ProcurementList(staff(request)), "office/procurements/index.html")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Create a purchase."""
    form = ProcurementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Procurement.create(by=staff(request), **form.cleaned_data)
            messages.success(request, f"{made.number} を作りました。内容を確かめて、起案してください。")
            return redirect("office:procurement", number=made.number)
    return render(request, "office/procurements/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Correct a purchase."""
    found = procurement_for(request, number)
    if not found.can_correct(staff(request)):
        raise Http404
    form = ProcurementForm(request.POST or None, initial=model_to_dict(found))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            found.correct(by=staff(request), **form.cleaned_data)
            messages.success(request, "直しました。内容を確かめて、起案してください。")
            return redirect("office:procurement", number=number)
    return render(request, "office/procurements/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one purchase with its comparison and next step."""
    procurement = procurement_for(request, number)
    user = staff(request)
    may_read = Proposal.objects.visible_to(user).filter(procurement=procurement).exists()
    context = {
        "procurement": procurement,
        "form": ProposeForm(),
        "may_read": may_read,
        "corrects": procurement.can_correct(user),
    }
    return render(request, "office/procurements/show.html", context)


@action("office:procurement", "number")
def proposal(request: HttpRequest, number: str) -> str:
    """Submit the purchase for approval."""
    procurement, form = procurement_for(request, number), ProposeForm(request.POST)
    by = staff(request, OPEN_PROPOSAL, procurement.department)
    procurement.propose(by=by, **cleaned(form, "決裁ルートを選んでから、もう一度押してください。"))
    return "起案しました。決裁ルートの最初の職位に回りました。"


@action("office:procurement", "number")
def contract(request: HttpRequest, number: str) -> str:
    """Start the contract of an approved purchase."""
    procurement_for(request, number).start_contract(by=staff(request))
    return "契約手続の開始を記録しました。"
