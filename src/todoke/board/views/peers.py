"""他自治体: published figures of other municipalities beside our own, with definition, day and source."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.forms.peers import PeersForm
from todoke.board.peer_list import PeerList
from todoke.insights import rates
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.plans.peer_import import import_figures
from todoke.plans.permissions import EDIT_PLANS
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show our own rates, and below them what others published."""
    user = staff(request)
    peers = PeerList(user)
    if wanted_format(request.GET):
        return list_response(peers, request)
    page = {"ours": rates.rates(), "form": PeersForm(), "can_edit": EDIT_PLANS.held_by(user)}
    return render(request, "board/peers/index.html", page | peers.page(request.GET).context())


@action("board:peers", note=UNCHANGED)
def taking(request: HttpRequest) -> str:
    """Import a table of figures."""
    user, form = staff(request, EDIT_PLANS), PeersForm(request.POST, request.FILES)
    given = cleaned(form, "CSVファイルを選んでから、もう一度押してください。")
    taken = import_figures(given["file"].read(), by=user)
    for each in taken.warnings():
        messages.warning(request, each)
    return f"{taken.taken:,}行を取り込みました。"
