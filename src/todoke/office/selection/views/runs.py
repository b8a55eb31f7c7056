"""試算: a run is requested, read, and proposed for adoption."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import PlacementRun
from todoke.admissions.selection.adoption import propose
from todoke.admissions.tasks import compute
from todoke.audit.data_exports import Export
from todoke.office.selection.round_access import round_of
from todoke.office.selection.run_page import run_context
from todoke.web.actions import action
from todoke.web.downloads import export
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


@action("office:admission-round", "pk")
def request_run(request: HttpRequest, pk: int) -> str:
    """Put a trial in the queue."""
    run = PlacementRun.request(round_of(request, pk), by=staff(request))
    compute.enqueue(run.pk)
    return f"試算{run.number}を始めました。数秒で終わります。このページを読み直してください。"


@require_GET
def show(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a run: its numbers, what the checker found, the difference to the one before."""
    of = round_of(request, pk)
    run = get_object_or_404(of.runs.select_related("requested_by", "round__scheme", "proposal"), number=number)
    return render(request, "office/admissions/run.html", run_context(run, staff(request)))


@asks_reason
def bundle(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the audit bundle, with which anybody can check the result on another machine."""
    of = round_of(request, pk)
    run = get_object_or_404(of.runs.select_related("round__scheme").exclude(finished_at=None), number=number)
    facts = Export(
        f"監査一式 {run}", f"監査一式_{run.number}.zip", run.figures.get("children", 0), "zip",
        persons=run.figures.get("children"), subject=run, back=request.path.removesuffix("bundle/"),
    )  # fmt: skip
    return export(request, run, lambda: run.read("bundle"), facts, media_type="application/zip")


@action("office:admission-run", "pk", "number", note="起案していません。")
def proposal(request: HttpRequest, pk: int, number: int) -> str:
    """Propose a trial for adoption."""
    of = round_of(request, pk)
    run = get_object_or_404(of.runs.select_related("round__scheme__route", "round__rule_version"), number=number)
    made = propose(run, by=staff(request))
    return f"起案しました({made.number})。決裁が終わると、内定と通知書ができます。"
