"""施設の登録: a new group of halls, a hall of a group, and the frames and closed days of the group."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from todoke.bookings.hall_setup import frame_lines, lines_of
from todoke.bookings.models import FacilityGroup, Resource, Timetable
from todoke.studio.use_rules.forms.halls import GroupForm, HallForm, TimetableForm
from todoke.studio.use_rules.views.use_rules import group_of
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """Register a group of halls; its halls, frames and rules follow on its page."""
    form = GroupForm(request.POST or None, user=staff(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = FacilityGroup.register(**form.cleaned_data, by=staff(request))
            messages.success(request, "施設群を登録しました。次に、施設、時間割、利用規則を入れてください。")
            return redirect("studio:use-rules-group", made.code)
    context = {"form": form}
    return render(request, "studio/use_rules/registration.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """Register a hall of a group with its parts."""
    group, form = group_of(request, code), HallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Resource.register(group, form.details(), by=staff(request))
            messages.success(request, f"「{made.name}」を登録しました。")
            return redirect("studio:use-rules-group", code)
    context = {"group": group, "form": form}
    return render(request, "studio/use_rules/hall.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def timetable(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the frames and the closed days of a group from a day on."""
    group = group_of(request, code)
    known = group.timetables.prefetch_related("frames").first()
    form = TimetableForm(request.POST or None, known=known, lines=lines_of(known.lines()) if known else "")
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            lines, closed = frame_lines(typed["frames"]), typed["closed_days"]
            Timetable.publish(group, lines, starts_on=typed["starts_on"], closed_days=closed, by=staff(request))
            messages.success(request, "時間割を公開しました。住民の空き状況に出ます。")
            return redirect("studio:use-rules-group", code)
    context = {"group": group, "form": form}
    return render(request, "studio/use_rules/timetable.html", context, status=422 if form.errors else 200)
