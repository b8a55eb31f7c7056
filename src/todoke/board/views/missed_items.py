"""書き足し: adding what the extraction from minutes missed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms.meetings import AdditionForm
from todoke.meetings.models import Meeting
from todoke.meetings.models.minutes import record_missed_item
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.web.actions import action
from todoke.web.permission_check import staff


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
