"""ポイントカード: handed over at the counter, replaced when lost, with a PIN that is shown once."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from todoke.office.points.forms.programs import BlockForm, ReplacementForm
from todoke.office.points.views.programs import grant_of
from todoke.points.models import PointCard, PointGrant, PointHolder
from todoke.runtime.refusals import Refused
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def _holder(grant: PointGrant) -> PointHolder:
    if grant.holder is None:
        raise Refused("以前の付与には、カードを渡せません。取り消して付与し直してください。")
    return grant.holder


def _card(grant: PointGrant) -> PointCard:
    if (card := _holder(grant).cards.filter(ended_at=None).first()) is None:
        raise Refused("使えるカードがありません。「カードを渡す」から新しいカードを渡してください。")
    return card


def _shown(request: HttpRequest, grant: PointGrant, card: PointCard, pin: str) -> HttpResponse:
    code = segno.make(card.number, error="m", micro=False).svg_data_uri(scale=5, border=4)
    return render(request, "office/points/card.html", {"grant": grant, "card": card, "pin": pin, "code": code})


@require_POST
def issue(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Make a card and show it with its PIN, once."""
    grant = grant_of(request, code, number)
    return _shown(request, grant, *PointCard.issue(_holder(grant), by=staff(request)))


@require_POST
def replacement(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """End the card and show the next one with its PIN, once."""
    grant, reason = grant_of(request, code, number), cleaned(ReplacementForm(request.POST))["reason"]
    return _shown(request, grant, *_card(grant).replace(reason, by=staff(request)))


@require_POST
def pin(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Draw a new PIN and show it, once."""
    grant = grant_of(request, code, number)
    card = _card(grant)
    return _shown(request, grant, card, card.renew_pin(by=staff(request)))


@action("office:points-grant-page", "code", "number")
def block(request: HttpRequest, code: str, number: str) -> str:
    reason = cleaned(BlockForm(request.POST))["reason"]
    _holder(grant_of(request, code, number)).block(reason, by=staff(request))
    return "この方のポイントを止めました。残りは減りません。"


@action("office:points-grant-page", "code", "number")
def unblock(request: HttpRequest, code: str, number: str) -> str:
    _holder(grant_of(request, code, number)).unblock(by=staff(request))
    return "また使えるようにしました。"
