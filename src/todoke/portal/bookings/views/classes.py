"""講座: the classes that take enrolments, an enrolment without an account, and its page for whoever holds its link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.bookings.models import Course, Enrolment
from todoke.portal.access import actor_of
from todoke.portal.bookings.booking_page import count_booking
from todoke.portal.bookings.forms.classes import EnrolmentForm
from todoke.portal.bookings.span_words import span_in_words
from todoke.reception import course_enrolments
from todoke.reception.course_enrolments import EnrolmentRequest
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
            return redirect("portal:enrolment", made.token)
    context = {
        "course": course, "when": span_in_words(course.span), "form": form, "open": course.closes_at > timezone.now()
    }  # fmt: skip
    return render(request, "portal/bookings/class.html", context, status=422 if form.errors else 200)


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
        "can_withdraw": found.status in {"confirmed", "waiting"} and found.course.starts_at > timezone.now(),
    }
    return render(request, "portal/bookings/enrolment.html", context)


@action("portal:enrolment", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    """Give the seats back; whoever waits next moves up."""
    course_enrolments.withdraw(_enrolment(token), by=actor_of(request))
    return _("辞退しました。")
