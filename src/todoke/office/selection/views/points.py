"""点検: the open points of a round with the rows behind them, and their acceptance with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.admissions.models import LeftOutApplication, SelectionRound
from todoke.admissions.selection.input_fixation import open_points, sign_away
from todoke.admissions.selection.round_input import OpenPoint
from todoke.office.selection.forms.admissions import SignatureForm
from todoke.office.selection.forms.family_answers import LeftOutForm
from todoke.office.selection.round_access import round_of
from todoke.runtime.links import path_to
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

PAGES = {
    "seats": "office:admission-seats",
    "children": "office:admission-children",
    "applications": "office:admission-applications",
    "directives": "office:admission-directives",
    "replay": "office:admission-replay",
    "early": "office:admission-early",
    "earlier": "office:admission-round",
    "papers": "office:admission-papers",
    "recounts": "office:admission-children",
}
"""Where a point is put right."""
FOR_DIRECTIVES = {"directives", "early"}
SHOWN = 200


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is open and what was accepted."""
    of = round_of(request, pk)
    still, signed = open_points(of)
    directs = of.scheme.can_handle_directives(staff(request))
    rows = [
        (point, _page(of, point, directs=directs), SignatureForm(initial=_keys(point), auto_id=f"id_{number}_%s"))
        for number, point in enumerate(still[:SHOWN])
    ]
    context = {"round": of, "points": rows, "number": len(still), "signed": signed, "left_out": LeftOutForm(of=of)}
    return render(request, "office/admissions/points.html", context)


def _page(of: SelectionRound, point: OpenPoint, *, directs: bool) -> str:
    """Return the address at which a point is put right; empty where there is none, or not for this person."""
    if point.place not in PAGES or (point.place in FOR_DIRECTIVES and not directs):
        return ""
    rounds = {"replay": of.last_year_id, "earlier": of.earlier_id}
    return path_to(PAGES[point.place], rounds.get(point.place) or of.pk)


def _keys(point: object) -> dict[str, object]:
    return {name: getattr(point, name) for name in ("kind", "key")}


@action("office:admission-points", "pk", note="指摘は残っています。")
def signature(request: HttpRequest, pk: int) -> str:
    """Accept an open point as it stands."""
    of = round_of(request, pk)
    sign_away(of, by=staff(request), **cleaned(SignatureForm(request.POST), "確かめた内容を書いてください。"))
    return "確かめたことを残しました。"


@action("office:admission-points", "pk", note="対象外にしていません。")
def left_out(request: HttpRequest, pk: int) -> str:
    """Leave an application out of the round, with the reason."""
    of = round_of(request, pk)
    given = cleaned(LeftOutForm(request.POST, of=of))
    LeftOutApplication.leave_out(of, given["number"], reason=given["left_out"], by=staff(request))
    return f"{given['number'].number}を、理由を添えて対象外としました。"
