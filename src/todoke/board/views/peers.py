"""他自治体: published figures of other municipalities beside our own, with definition, day and source."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED, can_edit_plans, person, secretary
from todoke.board.forms.peers import PeersForm
from todoke.insights import rates
from todoke.meetings.minutes.loader import decode
from todoke.plans.models import PeerFigure
from todoke.plans.peer_import import import_figures
from todoke.web.actions import action, cleaned


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show figures by kind, with our own."""
    ours = {rate.definition.key: rate for rate in rates.rates()}
    found: dict[str, list[PeerFigure]] = {}
    for each in PeerFigure.objects.order_by("figure", "-value", "municipality"):
        found.setdefault(each.figure, []).append(each)
    groups = [(rows[0].get_figure_display(), ours.get(figure), rows) for figure, rows in found.items()]
    page = {"groups": groups, "form": PeersForm(), "can_edit": can_edit_plans(person(request))}
    return render(request, "board/peers/index.html", page)


@action("board:peers", note=UNCHANGED)
def taking(request: HttpRequest) -> str:
    """Import a table of figures."""
    user, form = secretary(request), PeersForm(request.POST, request.FILES)
    given = cleaned(form, "CSVファイルを選んでから、もう一度押してください。")
    taken = import_figures(decode(given["file"].read()), by=user)
    for each in (taken.unread or [])[:10]:
        messages.warning(request, f"読めなかった行があります。{each}")
    return "取り込みました。"
