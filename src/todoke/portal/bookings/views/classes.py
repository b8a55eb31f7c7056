"""講座: the classes that take enrolments, an enrolment without an account, and its page for whoever holds its link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.bookings.models import Course, Enrolment, EnrolmentRequest
from todoke.portal.access import actor_of
from todoke.portal.bookings.booking_page import count_booking
from todoke.portal.bookings.forms.classes import EnrolmentForm
from todoke.portal.bookings.span_words import span_in_words
from todoke.reception import course_enrolments, course_fees
from todoke.web.actions import RefusalsOn, action


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the classes that take enrolments, the next first."""
    rows = Course.objects.open().select_related("department").order_by("starts_at")[:100]
    context = {"courses": [(each, span_in_words(each.span)) for each in rows]}
    return render(request, "portal/bookings/classes.html", context)


def enrolment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one class, and take seats or a place in the line for them."""
    course = get_object_or_404(Course.objects.with_waiting().select_related("department"), code=code)
    known = {"name": request.user.name, "email": request.user.email} if isinstance(request.user, User) else {}
    form = EnrolmentForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_booking(request)
            made = course_enrolments.enrol(course, EnrolmentRequest(**form.cleaned_data), by=actor_of(request))
            return _answer(request, made)
    context = {
        "course": course, "when": span_in_words(course.span), "form": form, "open": course.closes_at > timezone.now()
    }  # fmt: skip
    return render(request, "portal/bookings/class.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, made: Enrolment) -> HttpResponse:
    """Go on to the enrolment; a guest whose seats are kept finds it by the mail only, so that the address is theirs."""
    if made.status != Enrolment.Status.HELD:
        return redirect("portal:enrolment", made.token)
    said = _("メールを送りました。30分以内に、そのメールのページで「申込みを確定する」を押してください。")
    messages.success(request, said)
    return redirect("portal:classes")


def _enrolment(token: str) -> Enrolment:
    return get_object_or_404(Enrolment.objects.select_related("course__department"), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one enrolment: seats or the place in the line, and how to withdraw."""
    found = _enrolment(token)
    context = {
        "enrolment": found,
        "course": found.course,
        "when": span_in_words(found.course.span),
        "can_confirm": found.status == "held" and found.held_until is not None and found.held_until > timezone.now(),
        "can_withdraw": found.status in {"held", "confirmed", "waiting"} and found.course.starts_at > timezone.now(),
        "fee": course_fees.fee_of(found),
        "returned": course_fees.is_returned(found),
    }
    return render(request, "portal/bookings/enrolment.html", context)


@action("portal:enrolment", "token")
def confirmation(request: HttpRequest, token: str) -> str:
    """Confirm the seats that are kept until the mail is answered."""
    course_enrolments.confirm(_enrolment(token), by=actor_of(request))
    return _("申込みが決まりました。")


@action("portal:enrolment", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    """Give the seats back; whoever waits next moves up."""
    course_enrolments.withdraw(_enrolment(token), by=actor_of(request))
    return _("辞退しました。")
