"""導入計画: roadmaps: which procedure goes online in which quarter, within the available staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.board import roadmap_page
from todoke.board.access import UNCHANGED
from todoke.board.forms.roadmaps import (
    ConditionForm,
    EstimateForm,
    PinForm,
    RoadmapForm,
    StageForm,
    StagesForm,
    read_months,
)
from todoke.board.roadmap_lists import RoadmapItemList, RoadmapList
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.roadmaps import adjustments, builder
from todoke.roadmaps.models import Roadmap, RoadmapItem, Stage
from todoke.roadmaps.permissions import ENTER_STAGE, PLAN_ROADMAP
from todoke.roadmaps.tasks import schedule_roadmap
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import reader, staff

AGAIN = "計画を組み直してください。"


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the roadmaps, and for headquarters the form for a new one."""
    user = reader(request, PLAN_ROADMAP)
    roadmaps = RoadmapList(user)
    if request.method == "GET" and wanted_format(request.GET):
        return list_response(roadmaps, request)
    form = RoadmapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = builder.create_roadmap(**form.cleaned_data, by=user)
        schedule_roadmap.enqueue(made.code, user.pk)
        messages.success(request, f"{made.items.count()}件の手続で計画を始めました。組み終わるまで数秒かかります。")
        return redirect("board:roadmap", made.code)
    page = {"form": form, "can_edit": Roadmap.can_edit(user), **roadmaps.page(request.GET).context()}
    return render(request, "board/roadmaps/index.html", page, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one roadmap: achievements, capacity, items."""
    roadmap = _roadmap(code)
    page = {
        "roadmap": roadmap,
        "figures": roadmap_page.roadmap_figures(roadmap),
        "grid": roadmap_page.capacity_grid(roadmap),
        "left": roadmap.items.filter(quarter=None).count(),
        "vague": len(adjustments.open_points(roadmap, today())),
        "can_edit": roadmap.can_edit(staff(request)),
        **RoadmapItemList(staff(request), roadmap).page(request.GET).context(),
    }
    return render(request, "board/roadmaps/show.html", page)


@require_POST
def planning(request: HttpRequest, code: str) -> HttpResponse:
    """Recompute the plan around what has started."""
    user, roadmap = staff(request, PLAN_ROADMAP), _roadmap(code)
    schedule_roadmap.enqueue(roadmap.code, user.pk)
    messages.success(request, "計画を組み直しています。着手した手続は動きません。数秒後に読み直してください。")
    return redirect("board:roadmap", code)


@require_http_methods(["GET", "POST"])
def capacities(request: HttpRequest, code: str) -> HttpResponse:
    """Set staff-months by section and quarter."""
    if request.method == "POST":
        return _staff(request, code=code)
    roadmap = _roadmap(code)
    page = {
        "roadmap": roadmap,
        "grid": roadmap_page.capacity_grid(roadmap),
        "can_edit": roadmap.can_edit(staff(request)),
    }
    return render(request, "board/roadmaps/capacities.html", page)


@action("board:roadmap", "code", note=UNCHANGED)
def _staff(request: HttpRequest, code: str) -> str:
    adjustments.set_capacities(_roadmap(code), read_months(request.POST), by=staff(request, PLAN_ROADMAP))
    return f"人月を書きました。{AGAIN}"


@require_GET
def leftovers(request: HttpRequest, code: str) -> HttpResponse:
    """Show what did not fit, why, and what it would cost."""
    roadmap = _roadmap(code)
    found = builder.unscheduled(roadmap)
    page = {
        "roadmap": roadmap,
        "rows": found[: roadmap_page.SHOWN],
        "number": len(found),
        "months": sum(each.missing for each in found),
        "cost": sum(each.cost or 0 for each in found),
    }
    return render(request, "board/roadmaps/leftovers.html", page)


@require_GET
def vague(request: HttpRequest, code: str) -> HttpResponse:
    """Show items without date or owner, and late ones."""
    roadmap = _roadmap(code)
    page = {"roadmap": roadmap, "rows": adjustments.open_points(roadmap, today())}
    return render(request, "board/roadmaps/vague.html", page)


@action("board:roadmap-vague", "code", note=UNCHANGED)
def stages(request: HttpRequest, code: str) -> str:
    """Write planned day and owner of the next stage of several items. Raises Unreadable where none is chosen."""
    by = staff(request)
    chosen = _roadmap(code).items.filter(procedure__number__in=request.POST.getlist("number"))
    items = list(chosen.select_related("roadmap", "procedure__department").prefetch_related("stages"))
    if not items:
        raise Unreadable("手続を一つ以上選んでください。")
    for department in {each.procedure.department for each in items}:
        staff(request, ENTER_STAGE, department)
    given = cleaned(StagesForm(request.POST))
    return f"{adjustments.plan_stages(items, **given, by=by)}件の次の段階に書きました。"


@require_GET
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return the items that the list shows as a file."""
    return list_response(RoadmapItemList(staff(request), _roadmap(code)), request)


@require_GET
def item(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show one item: its stages and preconditions."""
    found = _item(code, number)
    stages = {stage.name: stage for stage in found.stages.all()}
    page = {
        "item": found,
        "roadmap": found.roadmap,
        "quarter": "" if found.quarter is None else found.roadmap.quarter_label(found.quarter),
        "pinned": "" if found.pinned is None else found.roadmap.quarter_label(found.pinned),
        "stages": [(key, label, stages.get(key)) for key, label in Stage.Name.choices],
        "form": StageForm(),
        "pin_form": PinForm(None, roadmap=found.roadmap),
        "estimate_form": EstimateForm(instance=found),
        "condition_form": ConditionForm(auto_id="condition_%s", item=found),
        "started": adjustments.has_started(found),
        "can_edit": found.roadmap.can_edit(staff(request)),
    }
    return render(request, "board/roadmaps/item.html", page)


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def stage(request: HttpRequest, code: str, number: str) -> str:
    """Record a stage."""
    found = _item(code, number)
    user = staff(request, ENTER_STAGE, found.procedure.department)
    adjustments.update_stage(found, by=user, **cleaned(StageForm(request.POST), "日付を確かめてください。"))
    return "段階を書きました。"


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def estimate(request: HttpRequest, code: str, number: str) -> str:
    """Correct the effort."""
    user, found = staff(request, PLAN_ROADMAP), _item(code, number)
    form = EstimateForm(request.POST, instance=_item(code, number))
    adjustments.update_estimate(found, **cleaned(form, "工数と四半期の数を確かめてください。"), by=user)
    return f"工数を書きました。{AGAIN}"


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def condition(request: HttpRequest, code: str, number: str) -> str:
    """Add a precondition: an ordinance, a system, or another procedure of the roadmap."""
    user, found = staff(request, PLAN_ROADMAP), _item(code, number)
    form = ConditionForm(request.POST, item=found)
    given = cleaned(form, "前提の名称と整う日を書くか、先に要る手続を選んでください。")
    adjustments.add_precondition(found, **given, by=user)
    return f"前提を書きました。{AGAIN}"


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def pin(request: HttpRequest, code: str, number: str) -> str:
    """Fix an item to a quarter."""
    user, found = staff(request, PLAN_ROADMAP), _item(code, number)
    form = PinForm(request.POST, roadmap=found.roadmap)
    quarter = form.cleaned_data["quarter"] if form.is_valid() else found.roadmap.quarters
    adjustments.pin(found, quarter, by=user)
    return f"固定しました。{AGAIN}"


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def exclusion(request: HttpRequest, code: str, number: str) -> str:
    """Exclude an item, with a reason."""
    user, found = staff(request, PLAN_ROADMAP), _item(code, number)
    adjustments.exclude(found, request.POST.get("why", ""), by=user)
    return f"外しました。{AGAIN}"


@action("board:roadmap-item", "code", "number", note=UNCHANGED)
def release(request: HttpRequest, code: str, number: str) -> str:
    """Let the plan decide again."""
    user, found = staff(request, PLAN_ROADMAP), _item(code, number)
    adjustments.unpin(found, by=user)
    return "固定・除外をやめました。"


def _roadmap(code: str) -> Roadmap:
    return get_object_or_404(Roadmap.objects.select_related("shared_section", "drawn_by"), code=code)


def _item(code: str, number: str) -> RoadmapItem:
    rows = RoadmapItem.objects.select_related("roadmap", "procedure__department")
    return get_object_or_404(rows, roadmap__code=code, procedure__number=number)
