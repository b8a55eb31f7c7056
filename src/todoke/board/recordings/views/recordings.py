"""録音: recordings of a meeting are received, heard, and given a transcript."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.access import UNCHANGED
from todoke.board.recordings.forms.recordings import RecordingForm, TermsForm, TranscriptForm
from todoke.board.recordings.recording_page import recording_of, shown_recording
from todoke.meetings.models import Meeting, Recording, Transcript
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.speech import transcription_request
from todoke.meetings.speech.transcript_intake import take_in
from todoke.web.actions import RefusalsOn, RefusalsSaid
from todoke.web.downloads import take_part
from todoke.web.permission_check import staff


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """Return what was posted to a page that also takes files; nothing where it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def index(request: HttpRequest, code: str) -> HttpResponse:
    """Show the recordings of a meeting, and receive one."""
    user, meeting = staff(request, PREPARE_MEETING), get_object_or_404(Meeting, code=code)
    form = RecordingForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            made = Recording.receive(meeting, form.cleaned_data["file"], is_announced=True, by=user)
            messages.success(request, "録音を受け取りました。次に、文字起こしを用意してください。")
            return redirect("board:recording", code, made.number)
    page = {"meeting": meeting, "form": form, "recordings": meeting.recordings.prefetch_related("transcripts")}
    return render(request, "board/recordings/index.html", page, status=422 if form.errors else 200)


def show(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show a recording with its player and transcripts, and take a transcript in."""
    user, recording = staff(request, PREPARE_MEETING), recording_of(code, number)
    form = TranscriptForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note=UNCHANGED):
            made = take_in(recording, form.data_of(), by=user)
            messages.success(request, f"文字起こしを取り込みました。発言は{made.segments.count()}件です。")
            return redirect("board:recording-transcript", code, number, made.number)
    page = {"form": form, **shown_recording(recording)}
    return render(request, "board/recordings/show.html", page, status=422 if form.errors else 200)


@require_POST
def typed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Begin an empty transcript, to type beside the player."""
    user, recording = staff(request, PREPARE_MEETING), recording_of(code, number)
    with RefusalsSaid(request, note=UNCHANGED):
        made = Transcript.begin(recording, by=user)
        return redirect("board:recording-transcript", code, number, made.number)
    return redirect("board:recording", code, number)


@require_POST
def transcription(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Have the engine in use write the recording down."""
    user, recording = staff(request, PREPARE_MEETING), recording_of(code, number)
    with RefusalsSaid(request, note=UNCHANGED):
        made = transcription_request.request(recording, by=user)
        return redirect("board:recording-transcript", code, number, made.number)
    return redirect("board:recording", code, number)


@require_GET
def audio(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Return the sound, or the part of it that a player asks for."""
    user, found = staff(request), recording_of(code, number)
    name = f"{found.meeting.code}_録音{found.number}"
    return take_part(request, found, found.open, name, by=user, media_type=found.media_type)


def terms(request: HttpRequest, code: str) -> HttpResponse:
    """Show the words of the body of a meeting, and keep them."""
    user, meeting = (
        staff(request, PREPARE_MEETING),
        get_object_or_404(Meeting.objects.select_related("body"), code=code),
    )
    written = "\n".join(map(TermsForm.line_of, meeting.body.terms.all()))
    form = TermsForm(request.POST if request.method == "POST" else None, initial={"terms": written})
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "terms", note=UNCHANGED):
            kept = keep_terms(meeting.body, form.words(), others=form.others(), by=user)
            messages.success(request, f"用語を{kept}語にしました。次に取り込む文字起こしから比べます。")
            return redirect("board:recordings", code)
    page = {"meeting": meeting, "form": form}
    return render(request, "board/recordings/terms.html", page, status=422 if form.errors else 200)
