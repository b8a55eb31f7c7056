"""利用調整: a family's own children: points, wishes until the deadline, the result with its reasons, the letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.admissions.models import ApplicantChild, PlacementLetter
from todoke.cases.letters.letter_pdf import render_letter
from todoke.portal.access import signed_in
from todoke.portal.admission_page import child_context, is_told
from todoke.portal.forms.admissions import AnswerForm, SiblingsForm, WishesForm
from todoke.web.actions import RefusalsOn
from todoke.web.downloads import take


def _child(request: HttpRequest, pk: int) -> ApplicantChild:
    """Return one of the person's own children. Raises Http404 for any other."""
    rows = ApplicantChild.objects.of_family(signed_in(request)).select_related(
        "household", "score", "placement__facility", "round__scheme__department", "round__rule_version"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, child: ApplicantChild, **forms: object) -> HttpResponse:
    context = child_context(child, **forms)
    return render(request, "portal/admissions/show.html", context, status=422 if forms else 200)


@require_GET
@login_required
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the person's own children in all rounds."""
    rows = ApplicantChild.objects.of_family(signed_in(request)).select_related("placement__facility", "round__scheme")
    children = [(child, is_told(child.round)) for child in rows.order_by("-round__month", "number")]
    return render(request, "portal/admissions/list.html", {"children": children})


@require_GET
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one child: points, wishes, result and reasons."""
    return _page(request, _child(request, pk))


@require_POST
@login_required
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace the wishes until the deadline."""
    child = _child(request, pk)
    form = WishesForm(request.POST, child=child)
    if form.is_valid():
        with RefusalsOn(form):
            child.set_wishes(form.wishes(), by=signed_in(request))
            messages.success(request, _("希望を受け取りました。締切までは、何度でも変えられます。"))
            return redirect("portal:admission", pk)
    return _page(request, child, wishes_form=form)


@require_POST
@login_required
def siblings(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the answers on siblings until the deadline."""
    child = _child(request, pk)
    form = SiblingsForm(request.POST, household=child.household)
    if form.is_valid():
        with RefusalsOn(form):
            child.household.answer_siblings(by=signed_in(request), **form.cleaned_data)
            messages.success(request, _("ごきょうだいの答えを受け取りました。締切までは、何度でも変えられます。"))
            return redirect("portal:admission", pk)
    return _page(request, child, siblings_form=form)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline the place."""
    child = _child(request, pk)
    form = AnswerForm(request.POST)
    placement = get_object_or_404(child.round.placements.select_related("round", "child__household"), child=child)
    if form.is_valid():
        with RefusalsOn(form):
            placement.answer(form.cleaned_data["answer"], by=signed_in(request))
            messages.success(request, _("お答えを受け取りました。"))
            return redirect("portal:admission", pk)
    return _page(request, child, answer_form=form)


@require_GET
@login_required
def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponseBase:
    """Return a letter as a PDF."""
    child, by = _child(request, pk), signed_in(request)
    rows = PlacementLetter.objects.filter(placement__child=child)
    found = get_object_or_404(rows.select_related("placement__round__scheme", "placement__child__household"), pk=letter)

    def read() -> bytes:
        found.mark_opened(by=by)
        return render_letter(found.content)

    return take(found, read, f"{found.get_kind_display()}.pdf", by=by)
