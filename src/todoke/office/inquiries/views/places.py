"""場所と臨時休館: when places are closed beside their rules; residents read it at once."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.office.inquiries.forms.places import ClosureForm
from todoke.office.inquiries.place_list import PlaceList
from todoke.places.models import Place, PlaceClosure
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, PlaceList(staff(request)), "office/places/index.html")


def _place(request: HttpRequest, code: str) -> Place:
    return get_object_or_404(Place.objects.kept_by(staff(request)).select_related("department"), code=code)


def _page(request: HttpRequest, place: Place, form: ClosureForm, status: int = 200) -> HttpResponse:
    coming = PlaceClosure.objects.told().filter(place=place, ends_on__gte=today())
    context = {"place": place, "closures": coming, "form": form}
    return render(request, "office/places/show.html", context, status=status)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _place(request, code), ClosureForm())


@action("office:place", "code")
def closure(request: HttpRequest, code: str) -> str | HttpResponse:
    """Declare a closure."""
    place, form = _place(request, code), ClosureForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, 422)
    PlaceClosure.declare(place, by=staff(request), **form.cleaned_data)
    return "臨時休館を決めました。住民のページに出ています。予約のある人には、予約の画面から知らせてください。"


@action("office:places")
def withdrawal(request: HttpRequest, number: int) -> str:
    mine = PlaceClosure.objects.filter(place__in=Place.objects.kept_by(staff(request)))
    found = get_object_or_404(mine.select_related("place__department"), pk=number)
    found.withdraw(by=staff(request))
    return f"{found.place}の臨時休館を取り消しました。"
