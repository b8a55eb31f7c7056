"""職員提案: the calls, a proposal of one's own, and the page on which its author follows it by a token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.office.voices.forms.staff_proposals import LotsForm, ProposalCallForm, StaffProposalForm
from todoke.voices.models import ProposalCall, SectionStatement, StaffProposal
from todoke.voices.models.proposal_authors import people_of
from todoke.voices.permissions import (
    RUN_CONSULTATION,
    RUN_PROPOSAL_CALL,
    STATE_SECTION_VIEW,
    WRITE_CONSULTATION_RULE,
)
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the calls, and what a chief is asked for."""
    user = staff(request)
    sections = STATE_SECTION_VIEW.departments_of(user)
    asked = SectionStatement.objects.filter(department__in=sections, stated_at=None).select_related("proposal")
    context = {
        "calls": ProposalCall.objects.select_related("body")[:30],
        "asked": asked[:50],
        "runs": RUN_PROPOSAL_CALL.held_by(user),
        "consults": bool(RUN_CONSULTATION.departments_of(user)),
        "writes_rules": WRITE_CONSULTATION_RULE.held_by(user),
    }
    return render(request, "office/staff_proposals/list.html", context)


def preparation(request: HttpRequest) -> HttpResponse:
    """Begin a call."""
    by = staff(request, RUN_PROPOSAL_CALL)
    form = ProposalCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = ProposalCall.begin(by=by, **form.cleaned_data)
            return redirect("office:staff-proposal-call", made.pk)
    context = {"form": form, "title": "職員提案を募集する"}
    return render(request, "office/staff_proposals/entry.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, call: int) -> HttpResponse:
    """Show the proposals of a call in their lots, without any name."""
    staff(request, RUN_PROPOSAL_CALL)
    of = get_object_or_404(ProposalCall.objects.select_related("body"), pk=call)
    proposals = of.proposals.select_related("lot", "on_agenda").order_by("lot__position", "number")
    waiting = of.proposals.to_be_heard().filter(on_agenda=None)
    context = {"of": of, "proposals": proposals, "waiting": waiting, "people": people_of(of), "lots_form": LotsForm()}
    return render(request, "office/staff_proposals/call.html", context)


def entry(request: HttpRequest, call: int) -> HttpResponse:
    """Take a proposal; its author gets an address by which to follow it."""
    of = get_object_or_404(ProposalCall, pk=call)
    form = StaffProposalForm(request.POST or None, call=of)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = StaffProposal.submit(of, by=staff(request), **form.cleaned_data)
            return redirect("office:my-proposal", made.token)
    context = {"form": form, "title": "提案する", "of": of}
    return render(request, "office/staff_proposals/entry.html", context, status=422 if form.errors else 200)


@require_GET
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show a proposal to whoever holds its address."""
    proposal = get_object_or_404(StaffProposal.objects.select_related("call"), token=token)
    context = {"proposal": proposal, "verdicts": proposal.verdicts.select_related("meeting"),
               "measurements": proposal.measurements.all()}  # fmt: skip
    return render(request, "office/staff_proposals/mine.html", context)


@action("office:my-proposal", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    """Withdraw a proposal until it is heard."""
    get_object_or_404(StaffProposal, token=token).withdraw()
    return "提案を取り下げました。"


@action("office:staff-proposal-call", "call")
def lots(request: HttpRequest, call: int) -> str:
    """Put the proposals in lots."""
    form = LotsForm(request.POST)
    cleaned(form, "件数を「5、5、4」のように書いてください。")
    sizes = get_object_or_404(ProposalCall, pk=call).divide(form.numbers(), by=staff(request))
    return f"{'、'.join(map(str, sizes))}件のまとまりに分けました。"
