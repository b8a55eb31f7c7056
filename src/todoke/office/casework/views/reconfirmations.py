"""現況届: yearly rounds, missing answers, and reminders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.cases import reconfirmations
from todoke.cases.models.querysets import departments_worked_in
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.list_page import list_page
from todoke.lists.query import wanted_format
from todoke.offers.models import Offer
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.casework.forms.reconfirmations import RoundForm
from todoke.office.casework.reconfirmation_lists import ReconfirmationList, ReconfirmationRoundList, rounds_of
from todoke.web.actions import action, cleaned
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


def _form(request: HttpRequest) -> RoundForm:
    offers = Offer.objects.filter(department__in=departments_worked_in(staff(request))).select_related("procedure")
    return RoundForm(request.POST if request.method == "POST" else None, offers=offers)


def _page(request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **ReconfirmationRoundList(staff(request)).page(request.GET).context()}
    return render(request, "office/reconfirmations/index.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the rounds of the person's sections."""
    if wanted_format(request.GET):
        return list_response(ReconfirmationRoundList(staff(request)), request)
    return _page(request, _form(request))


@action("office:reconfirmations")
def create(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    begun = reconfirmations.start_round(by=staff(request), **form.cleaned_data)
    messages.success(request, f"{begun.asked.count()}人にたずねました。メールのある人へのお知らせは順に送られます。")
    return redirect("office:reconfirmation", begun.source.code, begun.year)


@asks_reason
def show(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Show who was asked, by default those who have not answered."""
    rows = ReconfirmationList.at(staff(request), {"code": code, "year": year})
    return list_page(request, rows, "office/reconfirmations/show.html", {"round": rows.begun})


@action("office:reconfirmation", "code", "year")
def reminder(request: HttpRequest, code: str, year: int) -> str:
    begun = get_object_or_404(rounds_of(staff(request)), source__code=code, year=year)
    count = reconfirmations.remind(begun, by=staff(request))
    return f"{count}人に催促のメールを送ります。メールのない人には、電話か郵便でお知らせください。"


@action("office:reconfirmation", "code", "year")
def release(request: HttpRequest, code: str, year: int, token: str) -> str:
    """Send a link that a stop flag held."""
    begun = get_object_or_404(rounds_of(staff(request)), source__code=code, year=year)
    asked = get_object_or_404(begun.asked.select_related("case"), token=token)
    given = cleaned(ReasonForm(request.POST), "確かめたことを書いてから、もう一度押してください。まだ送っていません。")
    reconfirmations.release_link(asked, reason=given["reason"], by=staff(request))
    return "送りました。"
