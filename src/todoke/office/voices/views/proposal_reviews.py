"""職員提案の審査: one proposal without a name, the view of its section, the verdict of a meeting, and the effect."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.office.voices.forms.staff_proposals import (
    InquiryForm,
    MeasurementForm,
    MeetingForm,
    StatementForm,
    VerdictForm,
    WordsForm,
)
from todoke.runtime.refusals import Refused
from todoke.voices.models import EffectMeasurement, ProposalVerdict, SectionStatement, StaffProposal
from todoke.voices.models.proposal_authors import names_after_verdict, open_seal
from todoke.voices.models.proposal_review import bring_up
from todoke.voices.permissions import RUN_PROPOSAL_CALL
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff

PAGE = ("office:staff-proposal", "call", "number")


def _proposal(request: HttpRequest, call: int, number: int) -> StaffProposal:
    """Return a proposal to the secretariat. Raises PermissionDenied, Http404."""
    staff(request, RUN_PROPOSAL_CALL)
    rows = StaffProposal.objects.select_related(
        "call__body", "lot", "procedure", "flow", "system", "on_agenda", "same_as"
    )
    return get_object_or_404(rows, call=call, number=number)


@require_GET
def show(request: HttpRequest, call: int, number: int) -> HttpResponse:
    """Show a proposal with the next step."""
    proposal = _proposal(request, call, number)
    context = {
        "proposal": proposal, "of": proposal.call, "statements": proposal.statements.select_related("department"),
        "verdicts": proposal.verdicts.select_related("meeting"), "measurements": proposal.measurements.all(),
        "names": names_after_verdict(proposal), "inquiry_form": InquiryForm(), "reason_form": WordsForm(),
        "seal_form": WordsForm(auto_id="id_seal_%s"), "verdict_form": VerdictForm(proposal=proposal),
        "agenda_form": MeetingForm(proposal=proposal, auto_id="id_agenda_%s"), "measurement_form": MeasurementForm(),
    }  # fmt: skip
    return render(request, "office/staff_proposals/show.html", context)


@action(*PAGE)
def acceptance(request: HttpRequest, call: int, number: int) -> str:
    """Accept it."""
    _proposal(request, call, number).accept(by=staff(request))
    return "受理しました。"


@action(*PAGE)
def refusal(request: HttpRequest, call: int, number: int) -> str:
    """Do not accept it, with the reason."""
    _proposal(request, call, number).refuse(by=staff(request), **cleaned(WordsForm(request.POST)))
    return "受理しないことと理由を残しました。"


@action(*PAGE)
def inquiry(request: HttpRequest, call: int, number: int) -> str:
    """Ask a section for its view."""
    proposal, form = _proposal(request, call, number), InquiryForm(request.POST)
    department = cleaned(form)["department"]
    SectionStatement.ask(proposal, department, by=staff(request))
    return f"{department}に意見を聞きました。課長の「職員提案」のページに出ます。"


def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the chief of a section read the proposal, without a name, and write the section's view."""
    row = get_object_or_404(SectionStatement.objects.select_related("proposal__call", "department"), pk=pk)
    row.require_chief(staff(request))
    form = StatementForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            row.state(form.cleaned_data["text"], by=staff(request))
            return redirect("office:staff-proposals")
    context = {"form": form, "row": row, "proposal": row.proposal}
    return render(request, "office/staff_proposals/statement.html", context, status=422 if form.errors else 200)


@action(*PAGE)
def agenda(request: HttpRequest, call: int, number: int) -> str:
    """Put it on the agenda of a meeting. Raises Refused where it stands on one."""
    proposal = _proposal(request, call, number)
    meeting = cleaned(MeetingForm(request.POST, proposal=proposal))["meeting"]
    if bring_up(proposal, meeting, by=staff(request)) is None:
        raise Refused("この提案は、もう次第に載っています。")
    return f"「{meeting}」の次第に載せました。"


@action(*PAGE)
def verdict(request: HttpRequest, call: int, number: int) -> str:
    """Record what a meeting said."""
    proposal = _proposal(request, call, number)
    given = cleaned(VerdictForm(request.POST, proposal=proposal))
    made = ProposalVerdict.give(proposal, by=staff(request), **given)
    return f"審査結果「{made.get_outcome_display()}」を残しました。"


@action(*PAGE)
def completion(request: HttpRequest, call: int, number: int) -> str:
    """Say that it is in use."""
    _proposal(request, call, number).finish(by=staff(request))
    return "実施したことを残しました。次に、効果を測ってください。"


@action(*PAGE)
def measurement(request: HttpRequest, call: int, number: int) -> str:
    """Record what was measured."""
    proposal = _proposal(request, call, number)
    made = EffectMeasurement.measure(proposal, by=staff(request), **cleaned(MeasurementForm(request.POST)))
    return f"一年に{made.hours:,}時間の実測を残しました。"


@require_POST
def seal(request: HttpRequest, call: int, number: int) -> HttpResponse:
    """Open the seal with a reason; the author is told."""
    proposal = _proposal(request, call, number)
    names = open_seal(proposal, by=staff(request), **cleaned(WordsForm(request.POST)))
    context = {"proposal": proposal, "of": proposal.call, "names": names}
    return render(request, "office/staff_proposals/seal.html", context)
