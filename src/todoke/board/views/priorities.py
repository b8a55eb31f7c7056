"""優先順位: ranking of procedures to offer online, with adjustable weights."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board import priority_page
from todoke.board.forms.priorities import LABELS, WeightsForm
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format
from todoke.roadmaps.ranking import PARTS, Weights, rank, stable_top
from todoke.roadmaps.ranking_inputs import ProcedureInput, procedure_inputs

TOP = 50
WITHIN = 0.2


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show a page of the ranking, or all of it as a file; ``steady`` also shows what stays on top as weights vary."""
    form = WeightsForm(request.GET if "burden" in request.GET else None)
    weights, found = form.weights(), procedure_inputs()
    by_number = {each.ranking_input.number: each for each in found}
    ranking_inputs = [each.ranking_input for each in found]
    rows = [(place, by_number[place.ranking_input.number]) for place in rank(ranking_inputs, weights)]
    chosen, names = request.GET.get("department", ""), [LABELS[name] for name in PARTS]
    shown = [row for row in rows if chosen in {"", row[1].department_code}]
    if wanted := wanted_format(request.GET):
        lines = priority_page.lines(shown)
        return table_response(request, "優先順位", priority_page.heads(names), lines, wanted)
    stay = stable_top(ranking_inputs, weights, top=TOP, within=WITHIN) if "steady" in request.GET else None
    page = priority_page.page_of(shown, request.GET)
    said = {"form": form, "page": page, "rows": page.rows, "heads": names, "stay": stay, "chosen": chosen}
    return render(request, "board/priorities/list.html", {**said, **_surroundings(request, weights, found)})


def _surroundings(request: HttpRequest, weights: Weights, found: list[ProcedureInput]) -> dict[str, Any]:
    """Return what stands around the ranking: weights to keep, departments, what is not ranked, and its address."""
    kept = [(name, getattr(weights, name)) for name in PARTS]
    query = request.GET.copy()
    query.pop("page", None)
    sections, outside = priority_page.departments(found), _exclusions(found)
    return {"kept": kept, "top": TOP, "outside": outside, "sections": sections, "query": query.urlencode()}


def _exclusions(found: list[ProcedureInput]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in found:
        if each.ranking_input.exclusion:
            counts[each.ranking_input.exclusion] = counts.get(each.ranking_input.exclusion, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])
