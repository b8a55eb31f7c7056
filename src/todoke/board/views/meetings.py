"""会議: preparation of meetings, their minutes, and review of suggestions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms import meetings as forms
from todoke.board.meeting_lists import MeetingList
from todoke.board.recordings.recording_page import heard_sound
from todoke.board.register_forms import REGISTERS
from todoke.board.suggestion_page import Proposals
from todoke.lists.list_page import list_page
from todoke.meetings.models import Meeting, MeetingDocument, Minutes, Suggestion
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.web.actions import RefusalsOn, action
from todoke.web.downloads import take
from todoke.web.permission_check import staff


def _bodies(user: User) -> dict[str, Any]:
    return {"bodies": REGISTERS["bodies"].rows(None).order_by("code").prefetch_related("members__department"),
            "can_prepare": PREPARE_MEETING.held_by(user)}  # fmt: skip


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Meetings, newest first."""
    user = staff(request)
    page = {"form": forms.PlanMeetingForm(), **_bodies(user)}
    return list_page(request, MeetingList(user), "board/meetings/index.html", page)


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Plan the next meeting; open commitments are added to its agenda."""
    user, form = staff(request, PREPARE_MEETING), forms.PlanMeetingForm(request.POST)
    if not form.is_valid():
        return render(request, "board/meetings/index.html", {"page": None, "form": form, **_bodies(user)}, status=422)
    meeting = plan_next_meeting(by=user, **form.cleaned_data)
    messages.success(request, f"{meeting} を予定しました。宿題 {meeting.agenda.count()}件が議題に入りました。")
    return redirect("board:meeting", meeting.code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one meeting: agenda, attendance, documents, decisions and commitments."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), code=code)
    attendances = list(meeting.attendances.select_related("post__department").with_holders())
    page = {
        "meeting": meeting,
        "agenda": meeting.agenda.select_related("department", "commitment", "staff_proposal"),
        "attendances": attendances,
        "minutes": meeting.minutes.first(),
        "waiting": Suggestion.objects.filter(minutes__meeting=meeting, status="proposed").count(),
        "commitments": meeting.commitments.select_related("department"),
        "can_prepare": meeting.can_prepare(staff(request)),
        "takes_closed": meeting.opens_closed_documents_to(staff(request)),
        "agenda_form": forms.AgendaForm(),
        "schedule_form": forms.ScheduleForm.of(meeting),
        "addition_form": forms.AdditionForm(auto_id="add_%s"),
        "document_form": forms.DocumentForm(),
        "attendance_form": forms.AttendanceForm(attendances=attendances),
    }
    return render(request, "board/meetings/show.html", page)


@action("board:meeting", "code", note=UNCHANGED)
def agenda(request: HttpRequest, code: str) -> str | HttpResponse:
    """Add an item to the agenda."""
    user, meeting, form = (
        staff(request, PREPARE_MEETING),
        get_object_or_404(Meeting, code=code),
        forms.AgendaForm(request.POST),
    )
    if not form.is_valid():
        return invalid_form_page(request, form, meeting.title, "board:meeting", code)
    meeting.add_item(form.instance, by=user)
    return "議題を加えました。"


@action("board:meeting", "code", note=UNCHANGED)
def documents(request: HttpRequest, code: str) -> str | HttpResponse:
    """Add a document with its disclosure."""
    staff(request, PREPARE_MEETING)
    meeting = get_object_or_404(Meeting, code=code)
    form = forms.DocumentForm(request.POST, request.FILES)
    form.instance.meeting = meeting
    if not form.is_valid():
        return invalid_form_page(request, form, meeting.title, "board:meeting", code)
    form.save()
    return "資料を加えました。"


@require_GET
def paper(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """Return a document as a file."""
    by = staff(request)
    found = get_object_or_404(MeetingDocument.objects.exclude(file=""), meeting__code=code, number=number)
    suffix = str(found.file.name).rsplit(".", 1)[-1]
    name, kind = f"{found.number}_{found.title}.{suffix}", "application/octet-stream"
    return take(found, lambda: found.file.open("rb"), name, by=by, media_type=kind)


@action("board:meeting", "code", note=UNCHANGED)
def attendance(request: HttpRequest, code: str) -> str | HttpResponse:
    """Record the attendance."""
    staff(request, PREPARE_MEETING)
    meeting = get_object_or_404(Meeting, code=code)
    rows = list(meeting.attendances.select_related("post__department"))
    form = forms.AttendanceForm(request.POST, attendances=rows)
    if not form.is_valid():
        return invalid_form_page(request, form, meeting.title, "board:meeting", code)
    form.save()
    return "出欠を記録しました。"


def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """Load the minutes, pasted or as a file."""
    user, meeting = staff(request, PREPARE_MEETING), get_object_or_404(Meeting, code=code)
    form = forms.MinutesForm(request.POST or None, request.FILES or None)
    said = "会議録を読み取りました。候補を一つずつ確かめてください。"
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note=UNCHANGED):
            Minutes.load(meeting, form.data_of(), by=user, is_confirmed=form.cleaned_data["is_confirmed"])
            messages.success(request, said)
            return redirect("board:suggestions", code)
    page = {"meeting": meeting, "form": form}
    return render(request, "board/meetings/minutes.html", page, status=422 if form.errors else 200)


@require_GET
def suggestions(request: HttpRequest, code: str) -> HttpResponse:
    """Show the suggestions with their quotes, to accept, correct or dismiss."""
    staff(request, PREPARE_MEETING)
    found = get_object_or_404(Minutes.objects.select_related("meeting__body"), meeting__code=code)
    rows = list(found.suggestions.all())
    waiting = [each for each in rows if each.status == Suggestion.Status.PROPOSED]
    now = next(
        (each for each in waiting if str(each.number) == request.GET.get("number")), waiting[0] if waiting else None
    )
    page = {"minutes": found, "meeting": found.meeting, "rows": rows, "waiting": waiting, "now": now}
    page["addition_form"] = forms.AdditionForm(auto_id="add_%s")
    if now:
        page["form"] = forms.SuggestionForm(initial=Proposals(found.meeting).of(now))
        page |= {"reasons": now.reasons, "sound": heard_sound(found, now.line)}
        page["around"] = [
            (n, found.lines[n - 1]) for n in range(max(1, now.line - 2), min(len(found.lines), now.line + 2) + 1)
        ]
    return render(request, "board/meetings/suggestions.html", page)


@action("board:suggestions", "code", note=UNCHANGED)
def acceptance(request: HttpRequest, code: str, number: int) -> str | HttpResponse:
    """Accept a suggestion, as it is or corrected."""
    user = staff(request, PREPARE_MEETING)
    now = get_object_or_404(Suggestion, minutes__meeting__code=code, number=number)
    form = forms.SuggestionForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, now.minutes.meeting.title, "board:meeting", code, quote=now.quote)
    now.accept(by=user, **form.cleaned_data)
    return "採用しました。次の候補へ進みました。"


@action("board:suggestions", "code", note=UNCHANGED)
def passing(request: HttpRequest, code: str, number: int) -> str:
    """Dismiss a suggestion."""
    user = staff(request, PREPARE_MEETING)
    now = get_object_or_404(Suggestion, minutes__meeting__code=code, number=number)
    now.dismiss(by=user)
    return "見送りました。次の候補へ進みました。"


@action("board:meeting", "code", note=UNCHANGED)
def confirmation(request: HttpRequest, code: str) -> str:
    """Close the record."""
    user, meeting = staff(request, PREPARE_MEETING), get_object_or_404(Meeting, code=code)
    meeting.confirm_record(by=user)
    return "会議録を確定しました。"


@require_GET
def transcript(request: HttpRequest, code: str) -> HttpResponse:
    """Show the minutes with line numbers, speakers and defects."""
    staff(request)
    found = get_object_or_404(Minutes.objects.select_related("meeting"), meeting__code=code)
    turns = {turn["line"]: turn for turn in found.reading["turns"]}
    defects = {defect["line"]: defect for defect in found.reading["defects"]}
    items = {item["line"]: item for item in found.reading["agenda"]}
    rows = [(n, line, turns.get(n), defects.get(n), items.get(n)) for n, line in enumerate(found.lines, 1)]
    page = {"minutes": found, "meeting": found.meeting, "rows": rows}
    return render(request, "board/meetings/transcript.html", page)
