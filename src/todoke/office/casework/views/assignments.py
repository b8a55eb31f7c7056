"""担当: bulk assignment after a preview, and the transfer in April."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.cases import assignment
from todoke.office.casework.forms.cases import AssignmentForm, HandoverForm
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@action("office:inbox")
def preview(request: HttpRequest) -> HttpResponse:
    """Show which cases would be transferred from whom to whom."""
    form = AssignmentForm(request.POST, user=staff(request))
    found = assignment.selected_cases(request.POST.getlist("number"), by=staff(request))
    context = {"cases": found, "form": form, "assignee": cleaned(form)["assignee"]}
    return render(request, "office/cases/assignment.html", context)


@action("office:inbox")
def assign(request: HttpRequest) -> str:
    form = AssignmentForm(request.POST, user=staff(request))
    numbers = request.POST.getlist("number")
    assignee: User | None = cleaned(form, "担当者を選び直してください。何も変わっていません。")["assignee"]
    assignment.assign_all(numbers, assignee, by=staff(request))
    return f"{len(numbers)}件の担当者を「{assignee or '未定'}」にしました。"


@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """Choose whose cases are transferred to whom, with a preview."""
    form = HandoverForm(request.GET or None, user=staff(request))
    chosen = form.is_bound and form.is_valid()
    cases = assignment.assigned_to(form.cleaned_data["person"], by=staff(request)) if chosen else []
    return render(request, "office/cases/handover.html", {"form": form, "cases": cases, "chosen": chosen})


@action("office:inbox")
def hand_over(request: HttpRequest) -> str | HttpResponse:
    form = HandoverForm(request.POST, user=staff(request))
    if not form.is_valid():
        return render(request, "office/cases/handover.html", {"form": form}, status=422)
    person, successor = form.cleaned_data["person"], form.cleaned_data["assignee"]
    assignment.reassign_all(person, successor, by=staff(request))
    return f"{person}さんの案件を、すべて{successor}さんに引き継ぎました。"
