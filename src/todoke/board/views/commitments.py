"""宿題: list, history and actions of commitments."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms import meetings as forms
from todoke.board.meeting_lists import CommitmentList
from todoke.board.recordings.recording_page import commitment_sound
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.meetings.models import Commitment
from todoke.meetings.permissions import CLOSE_COMMITMENT
from todoke.voices.voice_chain import sources_of
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The list of commitments, which prints as it stands."""
    counts = {
        "open": Commitment.objects.open().count(),
        "overdue": Commitment.objects.overdue().count(),
        "unresolved": Commitment.objects.unresolved().count(),
        "answered": Commitment.objects.filter(status=Commitment.Status.ANSWERED).count(),
    }
    page = {"counts": counts, "today": today(), **CommitmentList(staff(request)).page(request.GET).context()}
    return render(request, "board/commitments/index.html", page)


@require_GET
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Return the listed rows as CSV or XLSX."""
    return list_response(CommitmentList(staff(request)), request)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a commitment with its history across meetings."""
    user = staff(request)
    commitment = get_object_or_404(Commitment.objects.select_related("department", "meeting", "body"), number=number)
    page = {
        "commitment": commitment,
        "sound": commitment_sound(commitment, user),
        "voices": sources_of(commitment),
        "events": commitment.events.select_related("meeting", "decision__meeting"),
        "is_open": commitment.status in {Commitment.Status.OPEN, Commitment.Status.ANSWERED},
        "can_answer": commitment.can_answer(user) and commitment.status == Commitment.Status.OPEN,
        "can_close": commitment.can_close(user),
        "answer_form": forms.AnswerForm(),
        "fulfil_form": forms.FulfilForm(initial={"result": commitment.last_answer}, auto_id="fulfil_%s"),
        "reason_form": forms.ReasonForm(auto_id="drop_%s"),
        "return_form": forms.ReasonForm(auto_id="return_%s"),
        "move_form": forms.MoveForm(commitment=commitment),
    }
    return render(request, "board/commitments/show.html", page)


def _of(number: str) -> Commitment:
    return get_object_or_404(Commitment, number=number)


@action("board:commitment", "number", note=UNCHANGED)
def answer(request: HttpRequest, number: str) -> str | HttpResponse:
    """Record the department's answer."""
    user, commitment, form = staff(request), _of(number), forms.AnswerForm(request.POST)
    if not commitment.can_answer(user):
        return render(request, "403.html", status=403)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:commitment", number)
    commitment.answer(by=user, **form.cleaned_data)
    return "回答を記録しました。事務局が確かめます。"


@action("board:commitment", "number", note=UNCHANGED)
def fulfilment(request: HttpRequest, number: str) -> str | HttpResponse:
    """Close with evidence."""
    user, commitment, form = staff(request, CLOSE_COMMITMENT), _of(number), forms.FulfilForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:commitment", number)
    commitment.fulfil(by=user, **form.cleaned_data)
    return "宿題を完了にしました。"


@action("board:commitment", "number", note=UNCHANGED)
def giving_back(request: HttpRequest, number: str) -> str | HttpResponse:
    """Reject the answer."""
    user, commitment, form = staff(request, CLOSE_COMMITMENT), _of(number), forms.ReasonForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:commitment", number)
    commitment.send_back(by=user, **form.cleaned_data)
    return "担当部署に、もう一度の回答を求めました。"


@action("board:commitment", "number", note=UNCHANGED)
def move(request: HttpRequest, number: str) -> str | HttpResponse:
    """Change the due date by a decision."""
    user, commitment = staff(request, CLOSE_COMMITMENT), _of(number)
    form = forms.MoveForm(request.POST, commitment=commitment)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:commitment", number)
    commitment.postpone(by=user, **form.cleaned_data)
    return "期限を変えました。"


@action("board:commitment", "number", note=UNCHANGED)
def drop(request: HttpRequest, number: str) -> str | HttpResponse:
    """Drop with a reason."""
    user, commitment, form = staff(request, CLOSE_COMMITMENT), _of(number), forms.ReasonForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:commitment", number)
    commitment.drop(by=user, **form.cleaned_data)
    return "宿題を取りやめにしました。"
