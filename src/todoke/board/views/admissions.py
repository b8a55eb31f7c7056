"""公表: the numbers of a notified selection round, for everybody; nobody can be told apart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import SelectionRound
from todoke.admissions.points.published_table import how_counted, sections_of
from todoke.admissions.selection.public_numbers import frozen_numbers
from todoke.disclosure_control.small_cells import HIDDEN_NOTE, LEAST


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the rounds whose numbers are public, and the hash of the lottery's seed of those that go on."""
    rounds = SelectionRound.objects.filter(disposed_at=None).select_related("scheme").exclude(seed_hash="")
    return render(request, "board/public/admissions.html", {"rounds": rounds})


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the numbers of a notified round, its rules, its lottery and the report of the check."""
    rows = SelectionRound.objects.published().select_related("scheme", "rule_version")
    of = get_object_or_404(rows, pk=pk)
    run = of.runs.exclude(adopted_at=None).first()
    context = {
        "round": of,
        "numbers": frozen_numbers(of),
        "note": HIDDEN_NOTE.format(least=LEAST),
        "figures": run.figures if run else {},
        "sections": sections_of(of.rule_version.rules),
        "counted": how_counted(of.rule_version.rules),
    }
    return render(request, "board/public/admission_round.html", context)
