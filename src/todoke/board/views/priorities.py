"""優先順位: ranking of procedures to offer online, with adjustable weights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.forms.priorities import LABELS, WeightsForm
from todoke.roadmaps.ranking import PARTS, rank, stable_top
from todoke.roadmaps.ranking_inputs import ProcedureInput, procedure_inputs

SHOWN = 100
TOP = 50
WITHIN = 0.2


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the ranking under the weights; ``steady`` in the address also shows what stays on top when they vary."""
    form = WeightsForm(request.GET if "burden" in request.GET else None)
    weights, found = form.weights(), procedure_inputs()
    by_number = {each.ranking_input.number: each for each in found}
    ranking_inputs = [each.ranking_input for each in found]
    stay = stable_top(ranking_inputs, weights, top=TOP, within=WITHIN) if "steady" in request.GET else None
    ranked = rank(ranking_inputs, weights)
    return render(request, "board/priorities/list.html", {
        "form": form,
        "kept": [(name, getattr(weights, name)) for name in PARTS],
        "rows": [(place, by_number[place.ranking_input.number]) for place in ranked[:SHOWN]],
        "heads": [LABELS[name] for name in PARTS],
        "stay": stay,
        "top": TOP,
        "ranked": len(ranked),
        "outside": _exclusions(found),
        "query": request.GET.urlencode(),
    })  # fmt: skip


def _exclusions(found: list[ProcedureInput]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in found:
        if each.ranking_input.exclusion:
            counts[each.ranking_input.exclusion] = counts.get(each.ranking_input.exclusion, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])
