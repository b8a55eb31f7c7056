"""施設: the halls that fit, what of a month is free, and a use of one under its rules."""

from collections import Counter
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.bookings.models import BookableUnit, Frame, UseRules
from todoke.bookings.slots import Span
from todoke.bookings.terms_document import sentences
from todoke.japanese.calendar import today
from todoke.japanese.search_tokens import fold
from todoke.portal.access import signed_in
from todoke.portal.bookings.booking_page import count_booking, registrants_of
from todoke.portal.bookings.forms.bookings import FacilitySearchForm, RegistrantForm, UseForm
from todoke.portal.bookings.month_table import month_table
from todoke.portal.bookings.span_words import day_in, span_in_words
from todoke.reception import facility_requests, waiting_offers
from todoke.reception.facility_grid import FREE, month_grid
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.staff_holds import public_holds
from todoke.web.actions import RefusalsOn

DAYS, SHOWN, MOST, MOST_HOLDS = 31, 30, 1000, 500


def _free_units(units: list[BookableUnit], day: date) -> list[tuple[BookableUnit, list[Frame]]]:
    """Return units with their free frames of a day, those with more of them first; three queries."""
    grid = month_grid(units, [day]) if units else {}
    found = [(unit, [frame for frame, state in grid[unit.pk][0][1] if state == FREE]) for unit in units]
    return sorted(found, key=lambda each: -len(each[1]))


def _units(words: str, *, people: int, step_free: bool) -> tuple[list[BookableUnit], bool]:
    """Return the units that fit, and whether the words named any; if none, those for every use. Two queries."""
    rows = BookableUnit.objects.offered(today()).fitting(people=people, step_free=step_free)
    units = list(rows.select_related("resource").prefetch_related("parts").order_by("resource__name", "code")[:MOST])
    wanted = fold(words).split()
    if not wanted:
        return units, True
    named = [unit for unit in units if all(word in fold(unit.described) for word in wanted)]
    return named or [unit for unit in units if not unit.purposes], bool(named)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the halls that fit with what of the day is free; those with more free times first."""
    form = FacilitySearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    day = day_in(str(asked.get("day") or "")) or today() + timedelta(days=1)
    people, step_free = asked.get("people") or 0, bool(asked.get("step_free"))
    units, named = _units(asked.get("words") or "", people=people, step_free=step_free)
    page = Paginator(_free_units(units, day), SHOWN).get_page(request.GET.get("page"))
    context = {"form": form, "day": day, "page": page, "unnamed": asked.get("words") if not named else ""}
    return render(request, "portal/bookings/facilities.html", context)


@require_GET
def staff_holds(request: HttpRequest) -> HttpResponse:
    """Show which times of halls the office keeps for itself, under which label and for which reason."""
    rows = list(public_holds(timezone.now())[:MOST_HOLDS])
    counted = Counter(each.public_label.partition(":")[0] for each in rows)
    context = {
        "holds": [(each, span_in_words(each.span), each.unit or each.closure.resource) for each in rows],
        "counted": counted.most_common(),
        "on": today(),
    }
    return render(request, "portal/bookings/staff_holds.html", context)


def _unit(code: str) -> BookableUnit:
    rows = BookableUnit.objects.offered(today()).select_related("resource__group", "resource__department")
    return get_object_or_404(rows.prefetch_related("parts"), code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a month of one hall as a table, its rules as sentences, and who holds what for which reason."""
    unit = _unit(code)
    begin = day_in(request.GET.get("from", "")) or today()
    days = [begin + timedelta(days=number) for number in range(DAYS)]
    rules = UseRules.in_force(facility_requests.group_of(unit), today())
    columns, rows = month_table(month_grid([unit], days)[unit.pk])
    context = {
        "unit": unit,
        "columns": columns,
        "rows": rows,
        "following": days[-1] + timedelta(days=1),
        "rules": list(sentences(rules.terms)) if rules else [],
    }
    return render(request, "portal/bookings/facility.html", context)


def _wanted(request: HttpRequest) -> tuple[date, Frame] | None:
    """Return day and frame of the address; None for anything else."""
    day, key = day_in(request.GET.get("day", "")), request.GET.get("frame", "")
    if day is None or not key.isdecimal() or len(key) > 12:
        return None
    frame = Frame.objects.select_related("timetable").filter(pk=int(key)).first()
    return (day, frame) if frame else None


@login_required
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """Take a time for a registration; the fee and its term are said before and after."""
    unit, wanted, user = _unit(code), _wanted(request), signed_in(request)
    if wanted is None:
        return redirect("portal:facility", code)
    day, frame = wanted
    mine = registrants_of(user)
    form = UseForm(request.POST or None, of=mine)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_booking(request)
            use = facility_requests.request(FacilityRequest(unit, day, frame, **form.cleaned_data), by=user)
            return redirect("portal:booking", use.booking.token)
    when = span_in_words(Span.on(day, frame.opens, frame.closes))
    context = {"unit": unit, "form": form, "when": when, "frame": frame, "registered": mine.exists()}
    return render(request, "portal/bookings/use_form.html", context, status=422 if form.errors else 200)


@login_required
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Wait for a time that somebody else has; whoever waits is asked first, in order, when it is given back."""
    unit, wanted, user = _unit(code), _wanted(request), signed_in(request)
    if wanted is None:
        return redirect("portal:facility", code)
    day, frame = wanted
    span, mine = Span.on(day, frame.opens, frame.closes), registrants_of(user)
    form = RegistrantForm(request.POST or None, of=mine)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = waiting_offers.join(unit, span, form.cleaned_data["registrant"], by=user)
            said = _("空き待ちに入りました。%(position)s番目です。空いたら、メールで知らせます。")
            messages.success(request, said % {"position": made.position})
            return redirect("portal:my-bookings")
    context = {"unit": unit, "form": form, "when": span_in_words(span), "registered": mine.exists()}
    return render(request, "portal/bookings/waiting_form.html", context, status=422 if form.errors else 200)
