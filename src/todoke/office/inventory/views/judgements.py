"""区の判断: why procedures are not online here, in words for residents, and when to review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.lists.list_page import list_page
from todoke.office.inventory.forms.judgements import JudgementForm
from todoke.office.inventory.judgement_list import JudgementList
from todoke.procedures.models import Judgement, Procedure, install_code_tables
from todoke.procedures.permissions import EDIT_PROCEDURE
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import reader, staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """The judgements in force by their next check."""
    return list_page(request, JudgementList(staff(request)), "office/judgements/list.html")


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest, number: str) -> HttpResponse:
    """Record a judgement; the previous one stays in the history."""
    procedure = get_object_or_404(Procedure.objects.select_related("department"), number=number)
    by = reader(request, EDIT_PROCEDURE, procedure.department)
    install_code_tables()
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note="保存していません。"):
            Judgement.judge(procedure, **form.cleaned_data, by=by)
            messages.success(request, "判断を書きました。公開ページにすぐ出ます。")
            return redirect("office:procedure", number=number)
    context = {"procedure": procedure, "form": form, "history": procedure.judgements.select_related("concern")}
    return render(request, "office/judgements/addition.html", context, status=422 if form.errors else 200)
