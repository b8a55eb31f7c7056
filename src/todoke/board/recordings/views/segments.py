"""発言片: one piece of a transcript is heard, corrected, split, joined or taken out; nobody loses words to another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from todoke.board.access import UNCHANGED
from todoke.board.recordings.forms.recordings import SeenForm, SegmentForm, SpellingForm, SplitForm
from todoke.board.recordings.recording_page import page_of, segment_of, sound_of, speakers_for, used_speakers
from todoke.meetings.models import TranscriptSegment
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.speech import segment_acts
from todoke.meetings.speech.spelling_acts import respell
from todoke.meetings.speech.transcript_gaps import hear_again
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def show(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> HttpResponse:
    """Show one piece with its history, and save it; where somebody else was first, both texts stand on the page."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    form = SegmentForm(request.POST) if request.method == "POST" else SegmentForm.of(found)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            segment_acts.correct(found, **form.cleaned_data, by=user, is_heard="heard" in request.POST)
            messages.success(request, f"{found}を保存しました。")
            return redirect(page_of(found))
    page = _page(segment_of(code, number, transcript, segment), form)
    return render(request, "board/recordings/segment.html", page, status=422 if form.errors else 200)


def _page(found: TranscriptSegment, form: SegmentForm) -> dict[str, Any]:
    """Return the context of a piece; where somebody else was first, their words beside those that were sent."""
    of, seen = found.transcript, {"seen": found.revision}
    is_behind = form.is_bound and form.data.get("seen") != str(found.revision)
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["seen"] = str(found.revision)
    return {
        "segment": found, "transcript": of, "recording": of.recording, "meeting": of.recording.meeting, "form": form,
        "theirs": found.text if is_behind else "", "sound": sound_of(found),
        "back": page_of(found), "changes": found.changes.select_related("by"),
        "speakers": speakers_for(of.recording.meeting, used_speakers(of)),
        "split_form": SplitForm(initial={**seen, "before": found.text}, auto_id="split_%s"),
        "seen_form": SeenForm(initial=seen, auto_id=False), "is_open": of.status == of.Status.CHECKING,
    }  # fmt: skip


def _back(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    return page_of(segment_of(code, number, transcript, segment))


@action(_back, note=UNCHANGED)
def hearing(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    """Have the engine hear a place again that it could not hear."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    hear_again(found, by=user)
    return "この場所を、もう一度聞きます。画面を閉じても、続きは進みます。"


@action(_back, note=UNCHANGED)
def spelling(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    """Spell one word of a piece as the body does."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    respell(found, **cleaned(SpellingForm(request.POST)), by=user)
    return f"{found}の書き方をそろえました。もとの文は残っています。"


@action(_back, note=UNCHANGED)
def removal(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    """Take a piece out."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    segment_acts.delete(found, seen=cleaned(SeenForm(request.POST))["seen"], by=user)
    return f"{found}を消しました。「消した発言」から戻せます。"


@action(_back, note=UNCHANGED)
def split(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    """Make two pieces of one."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    segment_acts.split(found, **cleaned(SplitForm(request.POST)), by=user)
    return f"{found}を二つに分けました。"


@action(_back, note=UNCHANGED)
def joint(request: HttpRequest, code: str, number: int, transcript: int, segment: int) -> str:
    """Add the next piece to this one."""
    user, found = staff(request, PREPARE_MEETING), segment_of(code, number, transcript, segment)
    segment_acts.join(found, seen=cleaned(SeenForm(request.POST))["seen"], by=user)
    return f"{found}に、次の発言をつなぎました。"
