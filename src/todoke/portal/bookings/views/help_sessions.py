"""スマホよろず相談: where people are helped with their phones, the free times, and a booking without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.bookings.slots import Span
from todoke.portal.access import actor_of
from todoke.portal.bookings.booking_page import count_booking
from todoke.portal.bookings.forms.help_sessions import HelpForm
from todoke.portal.bookings.span_words import span_in_words
from todoke.web.actions import RefusalsOn
from todoke.workforce import help_bookings
from todoke.workforce.help_bookings import HelpRequest, free_slots
from todoke.workforce.models import HelpSession

SHOWN = 30


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the sessions to come, the next first."""
    rows = HelpSession.objects.coming().select_related("department")[:SHOWN]
    context = {"sessions": [(each, span_in_words(Span(each.starts_at, each.ends_at))) for each in rows]}
    return render(request, "portal/bookings/help_sessions.html", context)


def _answer(request: HttpRequest, made: Booking) -> HttpResponse:
    """Go on to the booking; a guest whose seat is held finds it by the mail only, so that the address is theirs."""
    if made.status != Booking.Status.HELD:
        return redirect("portal:booking", made.token)
    said = _("メールを送りました。30分以内に、そのメールのページで「予約を確定する」を押してください。")
    messages.success(request, said)
    return redirect("portal:help-sessions")


def booking(request: HttpRequest, number: str) -> HttpResponse:
    """Show one session with its free times, and take one of them."""
    session = get_object_or_404(HelpSession.objects.coming().select_related("department", "desk"), token=number)
    if done := help_bookings.sent_before(request.POST.get("form_key")):
        return _answer(request, done)
    slots = free_slots(session)
    known = {"name": request.user.name, "email": request.user.email} if isinstance(request.user, User) else {}
    form = HelpForm(request.POST or None, slots=slots, initial=known)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_booking(request)
            wanted = HelpRequest(**form.cleaned_data)
            return _answer(request, help_bookings.request(session, wanted, by=actor_of(request)))
    when = span_in_words(Span(session.starts_at, session.ends_at))
    context = {"session": session, "when": when, "form": form, "slots": slots}
    return render(request, "portal/bookings/help_session.html", context, status=422 if form.errors else 200)
