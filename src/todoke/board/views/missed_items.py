"""書き足し: what the reading of the minutes missed, written down by a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from todoke.board.access import ask_again, attempt, secretary
from todoke.board.forms.meetings import AdditionForm
from todoke.meetings.models import Meeting
from todoke.meetings.models.minutes import record_missed_item


@require_POST
def addition(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a decision or a commitment that no suggestion holds."""
    user, meeting = secretary(request), get_object_or_404(Meeting, code=code)
    form = AdditionForm(request.POST, auto_id="add_%s")
    if not form.is_valid():
        return ask_again(request, form, meeting.title, "board:meeting", code)
    attempt(request, lambda: record_missed_item(meeting, by=user, **form.cleaned_data), "書き足しました。")
    return redirect("board:suggestions" if meeting.minutes.exists() else "board:meeting", code)
