"""スマホよろず相談: sessions, what was asked without a name, and the volunteers of the State."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.office.training.forms.courses import HelperForm, HelpSessionForm, RecordForm, SeatForm
from todoke.office.training.training_lists import DigitalHelperList, HelpSessionList
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce import help_bookings
from todoke.workforce.help_bookings import HelpRequest, free_slots
from todoke.workforce.help_figures import help_figures
from todoke.workforce.models import DigitalHelper, HelpSeats, HelpSession
from todoke.workforce.permissions import KEEP_HELP_DESK

YEAR = timedelta(days=365)


def _keeps(user: User) -> bool:
    return KEEP_HELP_DESK.held_by(user) or bool(KEEP_HELP_DESK.departments_of(user))


def _staff_of_help(request: HttpRequest) -> User:
    """Return the person, who keeps the help desk of some section. Raises PermissionDenied."""
    user = staff(request)
    if not _keeps(user):
        raise PermissionDenied
    return user


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {
        "may": _keeps(user), "form": HelpSessionForm(user=user, auto_id="session_%s"),
        "figures": help_figures(today() - YEAR, today()),
    }  # fmt: skip
    return list_page(request, HelpSessionList(user), "office/training/help_sessions.html", more)


@action("office:help-sessions")
def opening(request: HttpRequest) -> str:
    by = _staff_of_help(request)
    given = cleaned(HelpSessionForm(request.POST, user=by))
    span = Span(given["starts_at"], given["ends_at"])
    more = {name: given[name] for name in ("title", "unit", "helpers")}
    more["seats"] = HelpSeats(given["seats"], given["minutes"])
    HelpSession.open(given["department"], span, given["place"], **more, by=by)
    return "相談会を開きました。"


def session_of(request: HttpRequest, token: str) -> HelpSession:
    """Return a session of help. Raises Http404."""
    staff(request)
    return get_object_or_404(HelpSession.objects.select_related("department", "booking", "desk"), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found = session_of(request, token)
    may, slots = KEEP_HELP_DESK.held_by(staff(request), found.department), free_slots(found)
    context = {
        "slots": slots, "seat_form": SeatForm(slots=slots, auto_id="seat_%s"),
        "bookings": _bookings(found) if may else [],
        "session": found, "records": found.records.select_related("procedure"), "form": RecordForm(),
        "helpers": found.helpers.all(),
        "may": may,
    }  # fmt: skip
    return render(request, "office/training/help_session.html", context)


def _bookings(session: HelpSession) -> list[Booking]:
    """Return who has a seat, in the order of the times."""
    rows = Booking.objects.filter(allocations__part__resource=session.desk) if session.desk else Booking.objects.none()
    return list(rows.exclude(status__in=["expired", "cancelled", "called_off"]).order_by("starts_at", "pk").distinct())


@action("office:help-session", "token")
def seat(request: HttpRequest, token: str) -> str:
    """Take a seat for a person at the counter or the telephone."""
    found = session_of(request, token)
    by = staff(request, KEEP_HELP_DESK, found.department)
    made = help_bookings.sent_before(request.POST.get("form_key"))
    if made is None:
        wanted = HelpRequest(**cleaned(SeatForm(request.POST, slots=free_slots(found))))
        made = help_bookings.request(found, wanted, by=by)
    return f"予約を受け付けました。予約番号は{made.number}です。"


@action("office:help-session", "token")
def record(request: HttpRequest, token: str) -> str:
    found = session_of(request, token)
    by, given = staff(request, KEEP_HELP_DESK, found.department), cleaned(RecordForm(request.POST))
    made = found.note(given["topic"], given["minutes"], solved=given["solved"], procedure=given["number"], by=by)
    return f"「{made}」の相談を記録しました。"


@require_GET
def helpers(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {"may": _keeps(user), "form": HelperForm()}
    return list_page(request, DigitalHelperList(user), "office/training/helpers.html", more)


@action("office:digital-helpers")
def helper(request: HttpRequest) -> str:
    by = _staff_of_help(request)
    made = DigitalHelper.register(by=by, **cleaned(HelperForm(request.POST)))
    return f"{made}さんを登録しました。このプログラムに入る権限は付きません。"
