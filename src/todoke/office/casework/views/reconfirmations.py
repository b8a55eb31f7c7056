"""現況届: yearly rounds, missing answers, and reminders."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.cases import reconfirmations
from todoke.cases.models import Reconfirmation, ReconfirmationRound
from todoke.cases.models.querysets import departments_worked_in
from todoke.lists.csv_xlsx_export import table_response
from todoke.offers.models import Offer
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.casework.forms.reconfirmations import RoundForm
from todoke.office.casework.views.cases import me
from todoke.web.actions import action, cleaned

PAGE = 50


def _mine(request: HttpRequest) -> QuerySet[ReconfirmationRound]:
    mine = departments_worked_in(me(request)).values("pk")
    return ReconfirmationRound.objects.filter(offer__department__in=mine).select_related("offer__procedure", "source")


def _form(request: HttpRequest) -> RoundForm:
    offers = Offer.objects.filter(department__in=departments_worked_in(me(request))).select_related("procedure")
    return RoundForm(request.POST if request.method == "POST" else None, offers=offers)


def _listed_rounds(request: HttpRequest, form: RoundForm) -> HttpResponse:
    counted = _mine(request).annotate(total=Count("asked"), waiting=Count("asked", filter=Q(asked__answer=None)))
    context = {"rounds": counted.order_by("-year", "pk")[:PAGE], "form": form}
    return render(request, "office/reconfirmations/index.html", context)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return _listed_rounds(request, _form(request))


@action("office:reconfirmations")
def create(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _listed_rounds(request, form)
    begun = reconfirmations.start_round(by=me(request), **form.cleaned_data)
    messages.success(request, f"{begun.asked.count()}人にたずねました。メールのある人へのお知らせは順に送られます。")
    return redirect("office:reconfirmation", begun.source.code, begun.year)


def _listed(request: HttpRequest, begun: ReconfirmationRound) -> QuerySet[Reconfirmation]:
    """Return those asked: all, or by default those who have not answered."""
    asked = begun.asked.select_related("case", "answer").order_by("pk")
    return asked if request.GET.get("show") == "all" else asked.unanswered()


@require_GET
def show(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    begun = get_object_or_404(_mine(request), source__code=code, year=year)
    asked = _listed(request, begun)
    if request.GET.get("export") in {"csv", "xlsx"}:
        table = [(a.case.number, a.case.applicant_name, a.answer and a.answer.number, a.reminders) for a in asked]
        heads = ["もとの受付番号", "氏名", "提出の受付番号", "催促の回数"]
        return table_response(f"現況届_{year}", heads, table, request.GET["export"])
    after = request.GET.get("after", "")
    rows = list(asked.filter(case__number__gt=after).order_by("case__number")[: PAGE + 1])
    context = {"round": begun, "rows": rows[:PAGE], "next": rows[PAGE - 1].case.number if len(rows) > PAGE else ""}
    return render(request, "office/reconfirmations/show.html", context)


@action("office:reconfirmation", "code", "year")
def reminder(request: HttpRequest, code: str, year: int) -> str:
    begun = get_object_or_404(_mine(request), source__code=code, year=year)
    count = reconfirmations.remind(begun, by=me(request))
    return f"{count}人に催促のメールを送ります。メールのない人には、電話か郵便でお知らせください。"


@action("office:reconfirmation", "code", "year")
def release(request: HttpRequest, code: str, year: int, token: str) -> str:
    """Send a link that a stop flag held."""
    begun = get_object_or_404(_mine(request), source__code=code, year=year)
    asked = get_object_or_404(begun.asked.select_related("case"), token=token)
    given = cleaned(ReasonForm(request.POST), "確かめたことを書いてから、もう一度押してください。まだ送っていません。")
    reconfirmations.release_link(asked, reason=given["reason"], by=me(request))
    return "送りました。"
