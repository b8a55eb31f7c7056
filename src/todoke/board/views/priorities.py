"""優先順位: ranking of procedures to offer online, with adjustable weights."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board import priority_page
from todoke.board.forms.priorities import LABELS, WeightsForm
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format
from todoke.roadmaps.ranking import PARTS, Weights, stable_top
from todoke.roadmaps.ranking_inputs import RankingInputs, ranking_inputs, with_exclusion

TOP = 50
WITHIN = 0.2


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show a page of the ranking, or all of it as a file; ``steady`` also shows what stays on top as weights vary."""
    form = WeightsForm(request.GET if "burden" in request.GET else None)
    weights, inputs = form.weights(), ranking_inputs()
    sections = priority_page.sections_of(inputs)
    chosen, names = request.GET.get("department", ""), [LABELS[name] for name in PARTS]
    ranking = priority_page.Ranking.of(inputs, weights, sections, chosen)
    if wanted := wanted_format(request.GET):
        return table_response(request, "優先順位", priority_page.heads(names), priority_page.lines(ranking), wanted)
    stay = _steady(inputs, weights) if "steady" in request.GET else None
    page = priority_page.page_of(ranking, request.GET)
    said = {"form": form, "page": page, "rows": page.rows, "heads": names, "stay": stay, "chosen": chosen}
    said |= {"sections": sections.values(), **_surroundings(request, weights)}
    return render(request, "board/priorities/list.html", said)


def _steady(inputs: RankingInputs, weights: Weights) -> set[str]:
    """Return the numbers of the procedures that stay on top."""
    return {inputs.numbers[row] for row in stable_top(inputs.parts, weights, top=TOP, within=WITHIN)}


def _surroundings(request: HttpRequest, weights: Weights) -> dict[str, Any]:
    """Return what stands around the ranking: weights to keep, what is not ranked, and its address."""
    kept = [(name, getattr(weights, name)) for name in PARTS]
    query = request.GET.copy()
    query.pop("page", None)
    outside = with_exclusion().exclude(exclusion="").order_by().values_list("exclusion").annotate(n=Count("pk"))
    return {"kept": kept, "top": TOP, "outside": outside.order_by("-n", "exclusion"), "query": query.urlencode()}
