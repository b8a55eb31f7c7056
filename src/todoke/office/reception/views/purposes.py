"""来庁の用件: for what and when the section receives people, a new purpose, and the end of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.office.reception.day_sheet import receiver
from todoke.office.reception.forms.purposes import PurposeForm
from todoke.reception.models import VisitPurpose
from todoke.reception.visits.visit_setup import end_purpose, open_purpose
from todoke.web.actions import RefusalsOn, action


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the purposes of one's sections with their times."""
    mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(receiver(request))]
    rows = VisitPurpose.objects.filter(department__in=mine, ended_on=None).select_related("department")
    return render(request, "office/purposes/index.html", {"purposes": rows.prefetch_related("periods")})


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Receive people for a purpose; residents book from now on."""
    by = receiver(request)
    form = PurposeForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = open_purpose(form.cleaned_data["department"], form.setup(), by=by)
            messages.success(request, f"「{made.title}」の受付を始めました。住民の「来庁・相談の予約」に出ています。")
            return redirect("office:visit-purposes")
    return render(request, "office/purposes/opening.html", {"form": form}, status=422 if form.errors else 200)


@action("office:visit-purposes")
def ending(request: HttpRequest, code: str) -> str:
    """Take no more visits for a purpose."""
    by = receiver(request)
    mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(by)]
    rows = VisitPurpose.objects.filter(department__in=mine).select_related("department")
    found = get_object_or_404(rows, code=code)
    end_purpose(found, by=by)
    return f"「{found.title}」の受付を終わりました。すでにある予約は残ります。"
