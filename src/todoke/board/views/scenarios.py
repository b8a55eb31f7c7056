"""重みの案: saved weights of the ranking, compared side by side."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board import priority_page
from todoke.board.forms.priorities import ScenarioForm
from todoke.lazy_modules import np
from todoke.roadmaps.models import WeightScenario
from todoke.roadmaps.permissions import SAVE_SCENARIO
from todoke.roadmaps.ranking import places
from todoke.roadmaps.ranking_inputs import ranking_inputs
from todoke.web.permission_check import staff

TOP = 30
MOST = 6


@require_POST
def saving(request: HttpRequest) -> HttpResponse:
    """Save the current weights under a name."""
    user, form = staff(request, SAVE_SCENARIO), ScenarioForm(request.POST)
    if form.is_valid():
        made = form.save(commit=False)
        made.saved_by = user
        made.save()
        messages.success(request, f"重みの案「{made.name}」を残しました。")
        return redirect("board:scenarios")
    messages.error(request, " ".join(str(words) for found in form.errors.values() for words in found))
    return redirect("board:priorities")


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Compare the newest scenarios: procedures on top in any, with their ranks in all."""
    scenarios = list(WeightScenario.objects.order_by("-saved_at")[:MOST])[::-1]
    inputs = ranking_inputs()
    sections = priority_page.sections_of(inputs)
    found = np.array([places(inputs.parts, scenario.weights) for scenario in scenarios])
    shown = np.flatnonzero((found <= TOP).any(axis=0)).tolist()
    rows = sorted(
        (
            (inputs.numbers[row], inputs.titles[row], sections[inputs.departments[row]][1], found[:, row].tolist())
            for row in shown
        ),
        key=lambda row: (min(row[-1]), sum(row[-1])),
    )
    everywhere = sum(max(row[-1]) <= TOP for row in rows)
    page = {"scenarios": scenarios, "rows": rows, "top": TOP, "everywhere": everywhere}
    return render(request, "board/scenarios/list.html", page)
