"""候補をまとめて確かめる: judging several suggestions at once, adding what was missed, correcting a planned date."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms.meetings import AdditionForm, ScheduleForm
from todoke.board.suggestion_page import judgement_forms
from todoke.meetings.models import Meeting, Minutes
from todoke.meetings.models.minutes import judge_suggestions, record_missed_item
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.web.actions import RefusalsSaid, action
from todoke.web.permission_check import staff


def judgements(request: HttpRequest, code: str) -> HttpResponse:
    """Show every suggestion that waits in one table, and carry out what was chosen for each."""
    user = staff(request, PREPARE_MEETING)
    minutes = get_object_or_404(Minutes.objects.select_related("meeting__body"), meeting__code=code)
    forms = judgement_forms(minutes, request.POST if request.method == "POST" else None)
    is_wrong = any([bool(form.errors) for form in forms])  # noqa: C419 - every form shows its errors
    if request.method == "POST" and not is_wrong:
        with RefusalsSaid(request, note=UNCHANGED):
            accepted = [(form.suggestion, form.corrections) for form in forms if form.is_chosen("accept")]
            dismissed = [form.suggestion for form in forms if form.is_chosen("dismiss")]
            made = judge_suggestions(accepted, dismissed, by=user)
            messages.success(
                request, f"{len(accepted)}件を採用し、{len(dismissed)}件を見送りました。宿題は{made}件です。"
            )
            return redirect("board:suggestions", code)
    page = {"meeting": minutes.meeting, "forms": forms}
    return render(request, "board/meetings/judgements.html", page, status=422 if is_wrong else 200)


@action("board:meeting", "code", note=UNCHANGED)
def schedule(request: HttpRequest, code: str) -> str | HttpResponse:
    """Correct date, time and place of a planned meeting."""
    user, meeting, form = (
        staff(request, PREPARE_MEETING),
        get_object_or_404(Meeting, code=code),
        ScheduleForm(request.POST),
    )
    if not form.is_valid():
        return invalid_form_page(request, form, meeting.title, "board:meeting", code)
    meeting.reschedule(by=user, **form.cleaned_data)
    return f"{meeting}の予定を直しました。"


@action("board:meeting", "code", note=UNCHANGED)
def addition(request: HttpRequest, code: str) -> HttpResponse:
    """Add a decision or commitment without a suggestion."""
    user, meeting = staff(request, PREPARE_MEETING), get_object_or_404(Meeting, code=code)
    form = AdditionForm(request.POST, auto_id="add_%s")
    if not form.is_valid():
        return invalid_form_page(request, form, meeting.title, "board:meeting", code)
    record_missed_item(meeting, by=user, **form.cleaned_data)
    messages.success(request, "書き足しました。")
    return redirect("board:suggestions" if meeting.minutes.exists() else "board:meeting", code)
