"""優先順位: ranking of procedures to offer online, with adjustable weights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.forms.priorities import LABELS, WeightsForm
from todoke.roadmaps.ranking import PARTS, rank, steady
from todoke.roadmaps.ranking_inputs import Material, materials

SHOWN = 100
TOP = 50
WITHIN = 0.2


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the ranking under the weights; ``steady`` also shows what stays on top when they vary."""
    form = WeightsForm(request.GET if "burden" in request.GET else None)
    weights, found = form.weights(), materials()
    by_number = {material.candidate.number: material for material in found}
    candidates = [material.candidate for material in found]
    stay = steady(candidates, weights, top=TOP, within=WITHIN) if "steady" in request.GET else None
    placed = rank(candidates, weights)
    return render(request, "board/priorities/list.html", {
        "form": form,
        "kept": [(name, getattr(weights, name)) for name in PARTS],
        "rows": [(place, by_number[place.candidate.number]) for place in placed[:SHOWN]],
        "heads": [LABELS[name] for name in PARTS],
        "stay": stay,
        "top": TOP,
        "ranked": len(placed),
        "outside": _outside(found),
        "query": request.GET.urlencode(),
    })  # fmt: skip


def _outside(found: list[Material]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for material in found:
        if material.candidate.outside:
            counts[material.candidate.outside] = counts.get(material.candidate.outside, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])
