"""紙の使用量: sections by month, what is missing, the forecast, and the report of a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.board.access import UNCHANGED
from todoke.board.evidence.forms.paper import PaperForm
from todoke.board.evidence.paper_page import paper_context
from todoke.japanese.calendar import today
from todoke.plans.models import PaperUse
from todoke.plans.permissions import REPORT_PAPER
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the year of all sections."""
    staff(request)
    return render(request, "board/paper/show.html", paper_context(request.GET, today()))


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report the sheets of a month."""
    user = staff(request)
    form = PaperForm(request.POST or None, user=user)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        staff(request, REPORT_PAPER, facts["department"])
        with RefusalsOn(form, "source", note=UNCHANGED):
            page = {"form": PaperForm(user=user), "done": PaperUse.report(by=user, **facts)}
    return render(request, "board/paper/report.html", page, status=422 if form.errors else 200)
