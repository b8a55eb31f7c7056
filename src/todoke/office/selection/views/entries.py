"""登録: a round, a facility, a pool, a household and a child are entered, each on a page of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from todoke.admissions.intake.applicant_import import import_applicants
from todoke.admissions.models import ApplicantChild, ChildcareFacility, Household, Scheme, SeatPool, SelectionRound
from todoke.office.selection.forms.entries import (
    ApplicantsForm,
    ChildForm,
    FacilityForm,
    HouseholdForm,
    PoolForm,
    RoundForm,
    following_terms,
)
from todoke.office.selection.round_access import round_of
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


def _page(request: HttpRequest, form: object, title: str, of: SelectionRound | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "round": of}
    refused = bool(getattr(form, "errors", None))
    return render(request, "office/admissions/entry.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def preparation(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    by = staff(request)
    get_list_or_404(Scheme.objects.visible_to(by))
    form = RoundForm(request.POST or None, user=by, initial=following_terms(by, request.GET.get("after", "")))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            return redirect("office:admission-round", SelectionRound.prepare(by=by, **form.terms()).pk)
    return _page(request, form, "選考を準備する")


@require_http_methods(["GET", "POST"])
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a facility to the scheme."""
    of, form = round_of(request, pk), FacilityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            ChildcareFacility.register(of.scheme, by=staff(request), **form.cleaned_data)
            return redirect("office:admission-seats", pk)
    return _page(request, form, "施設を加える", of)


@require_http_methods(["GET", "POST"])
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a pool of seats."""
    of = round_of(request, pk)
    form = PoolForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = SeatPool.open(of, by=staff(request), **form.cleaned_data)
            return redirect("office:admission-pool", pk, made.pk)
    return _page(request, form, "募集枠を設ける", of)


@require_http_methods(["GET", "POST"])
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a household."""
    of, form = round_of(request, pk), HouseholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            Household.register(of, by=staff(request), **form.terms())
            return redirect("office:admission-child-entry", pk)
    return _page(request, form, "世帯を登録する", of)


@require_http_methods(["GET", "POST"])
def applicants(request: HttpRequest, pk: int) -> HttpResponse:
    """Add every child of a table, or none."""
    of, form = round_of(request, pk), ApplicantsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            taken = import_applicants(of, form.cleaned_data["file"].read(), by=staff(request))
            messages.success(request, f"{taken:,}人を取り込みました。点数を計算してください。")
            return redirect("office:admission-children", pk)
    return _page(request, form, "申込児童を取り込む", of)


@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a child to a household."""
    of = round_of(request, pk)
    form = ChildForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = ApplicantChild.register(by=staff(request), **form.terms())
            return redirect("office:admission-child", pk, made.number)
    return _page(request, form, "児童を登録する", of)
