"""届いた書類: papers on their way into a round, and what was done with each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import SubmittedPaper
from todoke.office.selection.forms.admissions import OutcomeForm, PaperForm, child_numbered
from todoke.office.selection.round_access import round_of
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

SHOWN = 200
UNKNOWN = "この申込番号の児童は、この選考にいません。"


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the papers that wait, and those that were worked in."""
    of = round_of(request, pk)
    rows = of.papers.select_related("child", "worked_in_by", "entered_by")
    waiting = [(paper, _outcome(paper)) for paper in rows.filter(worked_in_at=None)[:SHOWN]]
    context = {"round": of, "waiting": waiting, "done": rows.exclude(worked_in_at=None)[:SHOWN], "form": PaperForm()}
    return render(request, "office/admissions/papers.html", context)


def _outcome(paper: SubmittedPaper) -> OutcomeForm:
    start = {"number": paper.child.number if paper.child else ""}
    return OutcomeForm(initial=start, auto_id=f"id_{paper.pk}_%s")


@action("office:admission-papers", "pk", note="書類は記録していません。")
def entry(request: HttpRequest, pk: int) -> str:
    """Note that a paper arrived. Raises Unreadable for an unknown application number."""
    of, given = round_of(request, pk), cleaned(PaperForm(request.POST))
    number = given.pop("number")
    child = child_numbered(of, number) if number else None
    if number and child is None:
        raise Unreadable(UNKNOWN)
    SubmittedPaper.enter(of, by=staff(request), child=child, **given)
    return "届いた書類を記録しました。反映するまで、点検の指摘に残ります。"


@action("office:admission-papers", "pk", note="書類は反映していません。")
def outcome(request: HttpRequest, pk: int, paper: int) -> str:
    """Say what was done with a paper. Raises Unreadable for an unknown application number."""
    of, given = round_of(request, pk), cleaned(OutcomeForm(request.POST))
    child = child_numbered(of, given["number"])
    if child is None:
        raise Unreadable(UNKNOWN)
    found = get_object_or_404(of.papers.select_related("round__scheme"), pk=paper)
    found.work_in(child=child, outcome=given["outcome"], by=staff(request))
    return "反映したことを残しました。"
