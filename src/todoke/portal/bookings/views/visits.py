"""来庁予約: what people come for, the free times, and a booking without an account."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.bookings.slots import Span
from todoke.portal.access import actor_of
from todoke.portal.bookings.booking_page import count_booking
from todoke.portal.bookings.forms.bookings import NeedsForm, VisitForm
from todoke.portal.bookings.span_words import moment_in, span_in_words
from todoke.reception.models import Visit, VisitPurpose
from todoke.reception.visits import visit_requests
from todoke.reception.visits.visit_requests import VisitRequest
from todoke.reception.visits.visit_slots import days_with_room
from todoke.web.actions import RefusalsOn, RefusalsSaid

DAYS = 5


def _purpose(code: str) -> VisitPurpose:
    rows = VisitPurpose.objects.select_related("department").prefetch_related("periods")
    return get_object_or_404(rows, code=code, ended_on=None)


def _needs(request: HttpRequest, purpose: VisitPurpose) -> tuple[NeedsForm, str, str]:
    """Return the form of needs with the mode and the language that it says; the first mode where it says none."""
    modes = purpose.modes.split()
    form = NeedsForm(request.GET if "mode" in request.GET else None, modes=modes)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["mode"], form.cleaned_data["language"]
    return form, modes[0], ""


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show what people can come for."""
    rows = VisitPurpose.objects.filter(ended_on=None).select_related("department")
    return render(request, "portal/bookings/purposes.html", {"purposes": rows})


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the next days with free times; each time is one press away from the form."""
    purpose = _purpose(code)
    form, mode, language = _needs(request, purpose)
    days = days_with_room(purpose, DAYS, mode=mode, language=language)
    context = {"purpose": purpose, "days": days, "form": form, "mode": mode, "language": language}
    return render(request, "portal/bookings/times.html", context)


def _span(request: HttpRequest, purpose: VisitPurpose) -> Span | None:
    """Return the time in the address, None for anything that is no time."""
    start = moment_in(request.GET.get("start", ""))
    return Span(start, start + timedelta(minutes=purpose.minutes)) if start else None


def _answer(request: HttpRequest, made: Visit) -> HttpResponse:
    """Go on to the booking; a guest whose time is held finds it by the mail only, so that the address is theirs."""
    if made.booking.status != "held":
        return redirect("portal:booking", made.booking.token)
    messages.success(
        request, _("メールを送りました。30分以内に、そのメールのページで「予約を確定する」を押してください。")
    )
    return redirect("portal:visits")


def booking(request: HttpRequest, code: str) -> HttpResponse:
    """Take a visit at the time in the address; a guest answers a mail, a signed-in person is done."""
    purpose = _purpose(code)
    _form, mode, language = _needs(request, purpose)
    span = _span(request, purpose)
    if span is None:
        return redirect("portal:visit", code)
    known = {"name": request.user.name, "email": request.user.email} if isinstance(request.user, User) else {}
    form = VisitForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_booking(request)
            wanted = VisitRequest(purpose, span, mode, language=language, **form.cleaned_data)
            return _answer(request, visit_requests.request(wanted, by=actor_of(request)))
    context = {"purpose": purpose, "form": form, "when": span_in_words(span), "mode": mode, "language": language}
    return render(request, "portal/bookings/visit_form.html", context, status=422 if form.errors else 200)


def move(request: HttpRequest, token: str) -> HttpResponse:
    """Show other free times of a booked visit, and take one of them instead; the old one stays if it is taken."""
    rows = Visit.objects.select_related("booking__department", "purpose__department")
    visit = get_object_or_404(rows.prefetch_related("purpose__periods"), booking__token=token)
    start = moment_in(request.POST.get("start", ""))
    if request.method == "POST" and start:
        with RefusalsSaid(request):
            span = Span(start, start + timedelta(minutes=visit.purpose.minutes))
            visit_requests.move(visit, span, by=actor_of(request))
            messages.success(request, _("日時を変えました。"))
            return redirect("portal:booking", token)
    days = days_with_room(visit.purpose, DAYS, mode=visit.mode, language=visit.language)
    context = {"visit": visit, "booking": visit.booking, "when": span_in_words(visit.booking.span), "days": days}
    return render(request, "portal/bookings/move.html", context)
