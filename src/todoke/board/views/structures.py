"""計画の組み立て: strategies, measures, milestones, indicators and targets of a plan, and its successor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms.plans import SuccessorForm
from todoke.board.forms.systems import DoneForm
from todoke.board.register_forms import REGISTERS
from todoke.japanese.calendar import today
from todoke.plans.models import Milestone, Plan
from todoke.plans.permissions import EDIT_PLANS
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

PARTS = ("strategies", "measures", "indicators", "targets", "milestones")


@require_GET
def structure(request: HttpRequest, code: str) -> HttpResponse:
    """Show every row of a plan with links to correct it."""
    staff(request, EDIT_PLANS)
    plan = get_object_or_404(Plan, code=code)
    rows = {noun: REGISTERS[noun].rows(plan).order_by("pk") for noun in PARTS}
    page = {
        "plan": plan, "can_write": not plan.why_closed, "today": today(),
        "strategies": rows["strategies"],
        "measures": rows["measures"].select_related("strategy", "department"),
        "indicators": rows["indicators"].select_related("measure"),
        "targets": rows["targets"].select_related("indicator"),
        "milestones": rows["milestones"].select_related("measure"),
        "done_form": DoneForm(auto_id=False),
    }  # fmt: skip
    return render(request, "board/plans/structure.html", page)


@action("board:plan-structure", "code", note=UNCHANGED)
def reaching(request: HttpRequest, code: str, row_key: str) -> str | HttpResponse:
    """Mark a milestone as reached."""
    user, plan, form = staff(request, EDIT_PLANS), get_object_or_404(Plan, code=code), DoneForm(request.POST)
    stone = REGISTERS["milestones"].row(plan, row_key)
    if not isinstance(stone, Milestone):
        raise Http404
    if not form.is_valid():
        return invalid_form_page(request, form, plan.title, "board:plan-structure", code)
    stone.mark_reached(by=user, **form.cleaned_data)
    return "到達を記録しました。"


@require_http_methods(["GET", "POST"])
def successor(request: HttpRequest, code: str) -> HttpResponse:
    """Create the next version of a plan."""
    user, plan, form = (
        staff(request, EDIT_PLANS),
        get_object_or_404(Plan, code=code),
        SuccessorForm(request.POST or None),
    )
    if request.method == "POST" and form.is_valid():
        said = "次の計画の案をつくりました。目標と期限を書き直してから、公表してください。"
        with RefusalsOn(form, note=UNCHANGED):
            plan.draft_successor(by=user, **form.cleaned_data)
            messages.success(request, said)
            return redirect("board:plan-structure", form.cleaned_data["code"])
    return render(
        request, "board/plans/successor.html", {"plan": plan, "form": form}, status=422 if form.errors else 200
    )
