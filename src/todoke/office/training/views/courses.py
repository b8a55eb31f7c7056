"""職員の研修: seats that people take, members of promotion first, and who came."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.training.forms.courses import AttendanceForm, AttendanceTableForm, CourseForm, SessionForm
from todoke.office.training.training_lists import StaffCourseList
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.course_attendance_table import import_attendance
from todoke.workforce.models import StaffCourse, StaffCourseSession, StaffEnrolment
from todoke.workforce.permissions import KEEP_COURSES


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {
        "may": KEEP_COURSES.held_by(user), "course_form": CourseForm(auto_id="course_%s"),
        "session_form": SessionForm(auto_id="session_%s"),
    }  # fmt: skip
    return list_page(request, StaffCourseList(user), "office/training/courses.html", more)


@action("office:courses")
def registration(request: HttpRequest) -> str:
    by = staff(request, KEEP_COURSES)
    return f"「{StaffCourse.register(**cleaned(CourseForm(request.POST)), by=by)}」を登録しました。"


@action("office:courses")
def announcement(request: HttpRequest) -> str:
    by, form = staff(request, KEEP_COURSES), SessionForm(request.POST)
    given = cleaned(form)
    made = given["course"].announce(
        form.span(), given["place"], given["capacity"], given["closes_at"], members_until=given["members_until"],
        unit=given["unit"], by=by,
    )  # fmt: skip
    return f"「{made}」の回を開きました。"


def session_of(request: HttpRequest, token: str) -> StaffCourseSession:
    """Return a session, which everybody in the office sees. Raises Http404."""
    staff(request)
    return get_object_or_404(StaffCourseSession.objects.select_related("course", "booking"), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show a session with one's own seat; who keeps courses sees everybody's."""
    found, user = session_of(request, token), staff(request)
    seats = found.enrolments.exclude(status=StaffEnrolment.Status.WITHDRAWN).select_related("user")
    may = KEEP_COURSES.held_by(user)
    context = {
        "session": found, "mine": seats.filter(user=user).first(), "may": may, "seats": seats if may else [],
        "table_form": AttendanceTableForm(),
        "attended": seats.filter(status__in=["attended", "completed"]).count(), "applied": seats.count(),
    }  # fmt: skip
    return render(request, "office/training/course.html", context)


@action("office:course", "token")
def application(request: HttpRequest, token: str) -> str:
    session_of(request, token).apply(by=staff(request))
    return "申し込みました。席を取りました。"


@action("office:course", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    user = staff(request)
    seats = session_of(request, token).enrolments.exclude(status=StaffEnrolment.Status.WITHDRAWN)
    get_object_or_404(seats, user=user).withdraw(by=user)
    return "申込みを取り消し、席を返しました。"


@action("office:course", "token")
def attendance(request: HttpRequest, token: str, seat: str) -> str:
    by = staff(request, KEEP_COURSES)
    found = get_object_or_404(StaffEnrolment, token=seat, session=session_of(request, token))
    found.note(cleaned(AttendanceForm(request.POST))["status"], by=by)
    return "出席を付けました。"


@action("office:course", "token")
def attendance_table(request: HttpRequest, token: str) -> str:
    """Take in who came from the table of a learning system."""
    by, found = staff(request, KEEP_COURSES), session_of(request, token)
    given = cleaned(AttendanceTableForm(request.POST, request.FILES))
    noted, without = import_attendance(found, given["table"].read(), by=by)
    more = f"表にあって申込みのない人は{without:,}人です。" if without else ""
    return f"{noted:,}人の出席を付けました。{more}"
