"""決裁: the list, the dossier, and the actions of deciders and drafters."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.approvals.available_actions import actions_for
from todoke.approvals.batch import approve_all
from todoke.approvals.decision_copy import DecisionCopy
from todoke.approvals.decision_history import history_of
from todoke.approvals.decision_pdf import render_decision
from todoke.approvals.models import Proposal
from todoke.audit.log import record
from todoke.cases.letters.letter_data import letter_of_proposal
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.approvals.forms.proposals import OpinionForm, ReasonForm
from todoke.office.approvals.proposal_list import ProposalList
from todoke.office.approvals.proposal_papers import decided_case_context, marks_of, protected_case_of, upload_of
from todoke.office.casework.case_papers import take_paper, take_upload
from todoke.web.actions import action, cleaned
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff

REASON_MISSING = "理由を書いてから、もう一度押してください。起案の状態は変わっていません。"


def proposal_for(request: HttpRequest, number: str) -> Proposal:
    """Return a proposal visible to the person. Raises Http404."""
    rows = Proposal.objects.visible_to(staff(request)).select_related(
        "drafter", "department", "decision_class", "route_version__route"
    )
    return get_object_or_404(rows, number=number)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the list: those waiting for me first, urgent ones on top."""
    page = ProposalList(staff(request)).page(request.GET)
    return render(request, "office/proposals/index.html", page.context())


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(ProposalList(staff(request)), request)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one proposal: its dossier, my actions, and the decisions so far."""
    proposal, user = proposal_for(request, number), staff(request)
    record(proposal, "閲覧", by=user)
    dossier, seen = proposal.dossier, {"seen": proposal.dossier_hash}
    context = {
        "proposal": proposal,
        **decided_case_context(proposal, dossier.content, user),
        "sound": dossier.compute_hash() == dossier.hash,
        "marks": history_of(proposal),
        "letter": letter_of_proposal(proposal),
        "choices": actions_for(proposal, user),
        "opinion_form": OpinionForm(initial=seen),
        "reason_form": ReasonForm(initial=seen, auto_id="reason_%s"),
        "last_form": ReasonForm(initial=seen, auto_id="last_%s"),
    }
    return render(request, "office/proposals/show.html", context)


@asks_reason
def paper(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    """Return a file of the application that is to be decided, to be looked at or saved."""
    proposal, user = proposal_for(request, number), staff(request)
    if (found := upload_of(proposal, token)) is None:
        raise Http404
    case, upload = found
    return take_upload(request, case, upload, DecisionCopy(proposal), lambda: case.record_view(by=user))


@asks_reason
def document(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the 決裁文書 as PDF."""
    proposal, user = proposal_for(request, number), staff(request)
    case = protected_case_of(proposal)

    def read() -> bytes:
        record(proposal, "決裁文書の出力", by=user)
        return render_decision(proposal)

    return take_paper(request, case, DecisionCopy(proposal), read, f"{number}.pdf", "決裁文書", inline=True)


@action("office:proposal", "number")
def approval(request: HttpRequest, number: str) -> str:
    proposal_for(request, number).approve(by=staff(request), **cleaned(OpinionForm(request.POST), REASON_MISSING))
    return "承認しました。"


@action("office:proposal", "number")
def absence(request: HttpRequest, number: str) -> str:
    proposal, given = proposal_for(request, number), cleaned(OpinionForm(request.POST), REASON_MISSING)
    proposal.decide_in_absence(by=staff(request), **given)
    return "代決しました。職位の本人が、後で後閲します。"


@action("office:proposal", "number")
def return_(request: HttpRequest, number: str) -> str:
    proposal, given = proposal_for(request, number), cleaned(ReasonForm(request.POST), REASON_MISSING)
    proposal.return_to_drafter(by=staff(request), **given)
    return "起案者に差し戻しました。"


@action("office:proposal", "number")
def rejection(request: HttpRequest, number: str) -> str:
    proposal_for(request, number).reject(by=staff(request), **cleaned(ReasonForm(request.POST), REASON_MISSING))
    return "否決しました。この起案は終わりです。"


@action("office:proposal", "number")
def taking_back(request: HttpRequest, number: str) -> str:
    proposal, given = proposal_for(request, number), cleaned(ReasonForm(request.POST), REASON_MISSING)
    proposal.take_back(by=staff(request), reason=given["reason"])
    return "引き戻しました。直して、もう一度起案できます。"


@action("office:proposal", "number")
def dropping(request: HttpRequest, number: str) -> str:
    proposal, given = proposal_for(request, number), cleaned(ReasonForm(request.POST), REASON_MISSING)
    proposal.drop(by=staff(request), reason=given["reason"])
    return "廃案にしました。"


@action("office:proposal", "number")
def reading(request: HttpRequest, number: str) -> str:
    proposal_for(request, number).mark_read(by=staff(request))
    return "供覧済みにしました。"


@action("office:proposal", "number")
def after_reading(request: HttpRequest, number: str) -> str:
    proposal_for(request, number).mark_read_after(by=staff(request))
    return "後閲しました。"


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Show the selected proposals before they are approved together."""
    numbers = request.POST.getlist("number")
    rows = (
        Proposal.objects.waiting_for(staff(request)).filter(number__in=numbers).select_related("drafter", "department")
    )
    if not numbers:
        messages.info(request, "承認する起案を選んでから、「選んだ起案を確かめる」を押してください。")
        return redirect("office:proposals")
    marks = marks_of(rows)
    context = {"proposals": rows, "lines": [(row, marks.get(row.pk, [])) for row in rows]}
    return render(request, "office/proposals/batch.html", context)


@action("office:proposals")
def batch_approval(request: HttpRequest) -> str:
    """Approve the proposals shown: all or none."""
    seen = dict(line.split(":", 1) for line in request.POST.getlist("seen") if ":" in line)
    approve_all(seen, by=staff(request))
    return f"{len(seen)}件を承認しました。"
