"""取込: applications of the online service become children, by a mapping said once; seats come from a table."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.admissions.intake.application_intake import applications_waiting, read_waiting
from todoke.admissions.intake.application_reader import ApplicationReader
from todoke.admissions.intake.recount_import import import_recounts
from todoke.admissions.intake.seat_import import import_seats
from todoke.admissions.models import MappedQuestion, SelectionRound
from todoke.admissions.tasks import take_in
from todoke.office.selection.forms.intake import MappingForm, RecountTableForm, SeatTableForm
from todoke.office.selection.round_access import round_of
from todoke.runtime.refusals import NotYet
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

SHOWN = 200
LEAD = "申込書のどの設問を、何に使うかを選びます。一度決めると、同じ受付の次の選考でも使います。"


def _with_offer(request: HttpRequest, pk: int) -> SelectionRound:
    of = round_of(request, pk)
    if of.offer is None:
        raise Http404
    return of


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the applications that wait: how many fit, and what does not fit in each of the others."""
    of = _with_offer(request, pk)
    missing = ApplicationReader(of).missing()
    read = [] if missing else read_waiting(of, SHOWN)
    context = {
        "round": of, "missing": missing, "waiting": applications_waiting(of).count(), "shown": len(read),
        "fitting": sum(not each.faults for each in read), "unfit": [each for each in read if each.faults],
    }  # fmt: skip
    return render(request, "office/admissions/applications.html", context)


@action("office:admission-applications", "pk", note="何も取り込んでいません。")
def start(request: HttpRequest, pk: int) -> str:
    """Begin to take in every application that fits. Raises NotYet before the mapping is said."""
    of = _with_offer(request, pk)
    if ApplicationReader(of).missing():
        raise NotYet("先に、申込書の対応を決めてください。")
    take_in.enqueue(of.pk, staff(request).pk)
    return "取込みを始めました。終わると、待っている申込みが減ります。このページを読み直してください。"


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which question gives what."""
    of = _with_offer(request, pk)
    form = MappingForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid() and of.offer:
        with RefusalsOn(form):
            MappedQuestion.say(of.scheme, of.offer, form.rows(), by=staff(request))
            messages.success(request, "対応を決めました。次の選考でも、この対応を使います。")
            return redirect("office:admission-applications", pk)
    context = {"round": of, "form": form, "title": "申込書の対応を決める", "lead": LEAD}
    return render(request, "office/admissions/entry.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a table of seats as one side reports them."""
    of, form = round_of(request, pk), SeatTableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            given = dict(form.cleaned_data)
            taken = import_seats(of, given.pop("file").read(), by=staff(request), **given)
            messages.success(request, f"{taken:,}枠の報告を入れました。もう一方の報告は、別の人が入れます。")
            return redirect("office:admission-seats", pk)
    context = {"round": of, "form": form, "title": "募集人数を表から入れる"}
    return render(request, "office/admissions/entry.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def recounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a table of points that a person computed by hand."""
    of, form = round_of(request, pk), RecountTableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            taken = import_recounts(of, form.cleaned_data["file"].read(), by=staff(request))
            messages.success(request, f"{taken:,}人の手計算を入れました。計算した点数と違うものは、指摘に残ります。")
            return redirect("office:admission-points", pk)
    context = {"round": of, "form": form, "title": "手計算を表から入れる"}
    return render(request, "office/admissions/entry.html", context, status=422 if form.errors else 200)
