"""計算の依頼: the progress of a simulation or an analysis, its result, and the button that cancels it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.flows.models import Calculation
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format
from todoke.studio.flow_trials import trial_context
from todoke.studio.log_analyses import PAIR_HEADS, analysis_context, pair_rows
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _asked(request: HttpRequest, token: str) -> Calculation:
    return get_object_or_404(Calculation.objects.visible_to(staff(request)), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show how far it is, or its result."""
    asked = _asked(request, token)
    if asked.status != Calculation.Status.DONE:
        before = Calculation.objects.open().filter(pk__lt=asked.pk).count()
        return render(request, "studio/calculations/progress.html", {"asked": asked, "before": before})
    if asked.kind == Calculation.Kind.SIMULATION:
        return render(request, "studio/flows/trial.html", trial_context(asked))
    if wanted := wanted_format(request.GET):
        return table_response(request, "実際の流れ", PAIR_HEADS, pair_rows(asked), wanted)
    return render(request, "studio/mining/result.html", analysis_context(asked))


@action("studio:calculation", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    _asked(request, token).cancel(by=staff(request))
    return "やめました。"
