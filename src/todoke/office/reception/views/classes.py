"""講座: the classes of one's sections, who takes part, who waits, and the papers for people without mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.bookings.models import Course, Enrolment, EnrolmentRequest
from todoke.lists.list_page import list_page
from todoke.office.reception.course_list import CourseList
from todoke.office.reception.course_page import course_context
from todoke.office.reception.day_sheet import receiver, receives_bookings
from todoke.office.reception.forms.classes import CourseForm, EnrolmentEntryForm
from todoke.reception import course_enrolments
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the classes of one's sections."""
    return list_page(
        request, CourseList(staff(request)), "office/classes/index.html", {"may": receives_bookings(staff(request))}
    )


def announcement(request: HttpRequest) -> HttpResponse:
    """Open a class; residents enrol from now on."""
    by = receiver(request)
    form = CourseForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            made = Course.announce(
                typed["department"], title=typed["title"], place=typed["place"], span=form.span,
                capacity=typed["capacity"], closes_at=typed["closes_at"], fee=form.fee, by=by,
            )  # fmt: skip
            messages.success(request, "講座を開きました。住民のページに出て、申込みが始まっています。")
            return redirect("office:class", made.code)
    return render(request, "office/classes/announcement.html", {"form": form}, status=422 if form.errors else 200)


def _course(request: HttpRequest, code: str) -> Course:
    rows = Course.objects.visible_to(staff(request)).select_related("department")
    return get_object_or_404(rows, code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a class: who has a seat, who waits, and who is still to be told."""
    course = _course(request, code)
    context = {**course_context(course), "open": course.closes_at > timezone.now()}
    return render(request, "office/classes/show.html", context)


@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the roll to print, and a postcard for everybody who has no mail address."""
    context = course_context(_course(request, code))
    by_post = [each for each in context["seated"] if not each.contact_email and each.status == "confirmed"]
    return render(request, "office/classes/paper.html", {**context, "by_post": by_post})


def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Enrol somebody at the telephone, the counter or from paper."""
    course, form = _course(request, code), EnrolmentEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = course_enrolments.enrol(course, EnrolmentRequest(**form.cleaned_data), by=staff(request))
            seat = f"補欠の{made.position}番です。" if made.status == "waiting" else "席が決まりました。"
            messages.success(request, f"{made.contact_name} さんの{seat}このままお伝えください。")
            return redirect("office:class", code)
    context = {"course": course, "form": form}
    return render(request, "office/classes/entry.html", context, status=422 if form.errors else 200)


def _enrolment(request: HttpRequest, code: str, pk: int) -> Enrolment:
    rows = Enrolment.objects.select_related("course__department").filter(course=_course(request, code))
    return get_object_or_404(rows, pk=pk)


@action("office:class", "code")
def telling(request: HttpRequest, code: str, pk: int) -> str:
    """Note that somebody without a mail was told by telephone or postcard."""
    found = _enrolment(request, code, pk)
    found.note_told(by=staff(request))
    return f"{found.contact_name} さんに知らせたことを記録しました。"


@action("office:class", "code")
def attendance(request: HttpRequest, code: str, pk: int) -> str:
    """Note whether somebody came."""
    found = _enrolment(request, code, pk)
    found.attend(came=request.POST.get("came") == "yes", by=staff(request))
    return f"{found.contact_name} さんの{found.get_status_display()}を記録しました。"


@action("office:class", "code")
def withdrawal(request: HttpRequest, code: str, pk: int) -> str:
    """Give somebody's seats back, and say who moves up."""
    found = _enrolment(request, code, pk)
    moved = course_enrolments.withdraw(found, by=staff(request))
    names = "、".join(each.contact_name for each in moved)
    return f"{found.contact_name} さんの辞退を記録しました。" + (f"{names} さんが繰り上がりました。" if names else "")
