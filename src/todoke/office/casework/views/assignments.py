"""担当: bulk assignment after a preview, and the transfer in April."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.accounts.models import User
from todoke.cases import assignment
from todoke.cases.models import Case
from todoke.office.actions import act
from todoke.office.casework.forms.cases import AssignmentForm, HandoverForm
from todoke.office.casework.views.cases import me


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show which cases would be transferred from whom to whom."""
    form = AssignmentForm(request.POST, user=me(request))
    numbers = request.POST.getlist("number")
    found: list[Case] = []
    refused = act(
        request,
        lambda: found.extend(assignment.selected_cases(numbers, by=me(request))),
        done="",
        then=reverse("office:inbox"),
    )
    if not found or not form.is_valid():
        return refused
    context = {"cases": found, "form": form, "assignee": form.cleaned_data["assignee"]}
    return render(request, "office/cases/assignment.html", context)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    form = AssignmentForm(request.POST, user=me(request))
    numbers = request.POST.getlist("number")
    if not form.is_valid():
        messages.error(request, "担当者を選び直してください。何も変わっていません。")
        return redirect("office:inbox")
    assignee: User | None = form.cleaned_data["assignee"]
    return act(
        request,
        lambda: assignment.assign_all(numbers, assignee, by=me(request)),
        done=f"{len(numbers)}件の担当者を「{assignee or '未定'}」にしました。",
        then=reverse("office:inbox"),
    )


def handover(request: HttpRequest) -> HttpResponse:
    """Choose whose cases are transferred to whom, with a preview."""
    form = HandoverForm(request.GET or None, user=me(request))
    chosen = form.is_bound and form.is_valid()
    cases = assignment.assigned_to(form.cleaned_data["person"], by=me(request)) if chosen else []
    return render(request, "office/cases/handover.html", {"form": form, "cases": cases, "chosen": chosen})


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    form = HandoverForm(request.POST, user=me(request))
    if not form.is_valid():
        return render(request, "office/cases/handover.html", {"form": form}, status=422)
    person, successor = form.cleaned_data["person"], form.cleaned_data["assignee"]
    return act(
        request,
        lambda: assignment.reassign_all(person, successor, by=me(request)),
        done=f"{person}さんの案件を、すべて{successor}さんに引き継ぎました。",
        then=reverse("office:inbox"),
    )
