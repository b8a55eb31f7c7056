"""文字起こし: the correction page beside the player, and the minutes that are made of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.access import UNCHANGED
from todoke.board.recordings.forms.recordings import PieceForm, SpeakerForm, SpellingsForm
from todoke.board.recordings.recording_page import (
    hearing_page,
    page_of,
    transcript_of,
    transcript_page,
    used_speakers,
)
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.speech import transcription_request
from todoke.meetings.speech.segment_acts import rename_speaker
from todoke.meetings.speech.spelling_acts import respell_all
from todoke.meetings.speech.transcript_confirmation import confirm
from todoke.meetings.speech.transcript_intake import add_piece
from todoke.web.actions import RefusalsSaid, action, cleaned
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest, code: str, number: int, transcript: int) -> HttpResponse:
    """Show the pieces of a transcript, each with its own player, text and reasons to hear it."""
    staff(request, PREPARE_MEETING)
    found = transcript_of(code, number, transcript)
    if found.is_in_hand or found.status == found.Status.CANCELLED:
        return render(request, "board/recordings/hearing.html", hearing_page(found))
    page = transcript_page(found, request.GET.get("page"))
    page["piece_form"] = PieceForm(auto_id="piece_%s")
    page["speaker_form"] = SpeakerForm(speakers=page["used"], auto_id="rename_%s")
    return render(request, "board/recordings/transcript.html", page)


@action("board:recording-transcript", "code", "number", "transcript", note=UNCHANGED)
def retry(request: HttpRequest, code: str, number: int, transcript: int) -> str:
    """Hear again what could not be heard."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    transcription_request.retry(found, by=user)
    return "聞けなかったところを、もう一度聞きます。"


@action("board:recording", "code", "number", note=UNCHANGED)
def cancellation(request: HttpRequest, code: str, number: int, transcript: int) -> str:
    """Cancel what an engine writes."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    transcription_request.cancel(found, by=user)
    return "文字起こしを取りやめました。録音は残っています。"


@action("board:recording-transcript", "code", "number", "transcript", note=UNCHANGED)
def addition(request: HttpRequest, code: str, number: int, transcript: int) -> HttpResponse:
    """Append what a person heard and typed."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    facts = cleaned(PieceForm(request.POST))
    made = add_piece(found, facts["text"], speaker=facts["speaker"], start_ms=facts["at"], by=user)
    messages.success(request, "発言を書き足しました。")
    return redirect(page_of(made))


@action("board:recording-transcript", "code", "number", "transcript", note=UNCHANGED)
def speaker(request: HttpRequest, code: str, number: int, transcript: int) -> str:
    """Name a speaker otherwise everywhere."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    facts = cleaned(SpeakerForm(request.POST, speakers=used_speakers(found)))
    changed = rename_speaker(found, facts["former"], facts["name"], by=user)
    return f"発言者の名前を{changed}か所で変えました。"


@action("board:recording-transcript", "code", "number", "transcript", note=UNCHANGED)
def spelling(request: HttpRequest, code: str, number: int, transcript: int) -> str:
    """Spell every term as the body does, in all pieces."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    changed = respell_all(found, **cleaned(SpellingsForm(request.POST)), by=user)
    return f"{changed}件の発言で書き方をそろえました。もとの文は残っています。"


@require_POST
def confirmation(request: HttpRequest, code: str, number: int, transcript: int) -> HttpResponse:
    """Make the minutes; whatever must still be heard is named with the way to it."""
    user, found = staff(request, PREPARE_MEETING), transcript_of(code, number, transcript)
    with RefusalsSaid(request, note=UNCHANGED):
        confirm(found, by=user)
        messages.success(request, "会議録にしました。候補を一つずつ確かめてください。録音の場所も聞けます。")
        return redirect("board:suggestions", code)
    return redirect("board:recording-transcript", code, number, transcript)
