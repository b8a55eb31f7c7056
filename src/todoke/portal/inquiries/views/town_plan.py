"""都市計画の自己確認: zone and planned roads of an address; what is typed is looked up, answered and not kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.guidance import town_plan
from todoke.places.address_search import Located, NotFound, locate
from todoke.places.models import AddressList, MapLayer
from todoke.portal.access import client_address
from todoke.portal.inquiries.forms.town_plan import PlaceForm

CHECKS_FROM_ONE = RateLimit("都市計画の確認", 30, 60)


def _why(found: NotFound) -> str:
    """Return why a place was not found and what to write instead."""
    return {
        NotFound.NO_LIST: _("住所の一覧がまだありません。地図アプリで写した緯度と経度を書いてください。"),
        NotFound.TOWN: _(
            "この町名は見つかりません。この町の住所かどうかと、漢字を確かめてください。緯度と経度でも調べられます。"
        ),
        NotFound.NUMBER: _("この番地の位置は、まだ登録されていません。地図アプリで写した緯度と経度を書いてください。"),
        NotFound.APART: _(
            "この住所の位置は、広い範囲に分かれていて一つに決められません。地図アプリで写した緯度と経度を書いてください。"
        ),
        NotFound.NO_NUMBER: _("丁目や番地まで書いてください。"),
    }[found]  # fmt: skip


def how_located(located: Located) -> str:
    """Return how the place was found, in the language of the page."""
    return {
        Located.CHOSEN: _("書かれた緯度と経度で調べました。"),
        Located.LISTED: _("住所の一覧にある位置で調べました。"),
        Located.NEIGHBOURS: _("この番号は一覧にないので、同じ番地のとなりの位置で調べました。"),
    }[located]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask for a place, or answer for it. Raises TooOften."""
    form = PlaceForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    if not hit(CHECKS_FROM_ONE, client_address(request)):
        raise TooOften
    found = locate(form.cleaned_data["where"])
    if isinstance(found, NotFound):
        form.add_error("where", _why(found))
        return _asked(request, form)
    checked = town_plan.check_place(found)
    context = {"checked": checked, "typed": form.cleaned_data["where"], "how": how_located(found.located)}
    return render(request, "portal/town_plan/answer.html", context)


def _asked(request: HttpRequest, form: PlaceForm) -> HttpResponse:
    layers = MapLayer.objects.filter(code__in=(town_plan.ZONES, town_plan.ROADS)).select_related("department")
    sections = list({each.department.pk: each.department for each in layers if each.department}.values())
    context = {
        "form": form, "sections": sections, "is_ready": town_plan.is_ready(), "addresses": AddressList.objects.first(),
    }  # fmt: skip
    return render(request, "portal/town_plan/show.html", context, status=422 if form.errors else 200)
