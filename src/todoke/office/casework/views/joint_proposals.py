"""まとめて起案する: several like cases in one proposal, after a page that shows them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from todoke.cases.decision.decision_words import outcome_words
from todoke.cases.decision.joint_proposals import alike_cases, propose_together
from todoke.cases.decision.readiness import open_points
from todoke.cases.models import Case, DecisionDraft
from todoke.office.casework.forms.cases import ProposalForm
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

PAGE = "office/cases/joint_proposal.html"


@action("office:inbox")
def preview(request: HttpRequest) -> HttpResponse:
    """Show the chosen cases, what is open about each, and the form of the decision."""
    cases = alike_cases(request.POST.getlist("number"), by=staff(request))
    return render(request, PAGE, _context(cases, ProposalForm(initial=_USUAL, words=outcome_words(cases[0]))))


@action("office:inbox")
def proposal(request: HttpRequest) -> HttpResponse:
    """Submit one decision about the chosen cases for approval."""
    cases = alike_cases(request.POST.getlist("number"), by=staff(request))
    form = ProposalForm(request.POST, words=outcome_words(cases[0]))
    if form.is_valid():
        with RefusalsOn(form):
            made = propose_together(cases, by=staff(request), **form.cleaned_data)
            messages.success(request, f"{len(cases)}件をまとめて起案しました。決裁ルートに回っています。")
            return redirect("office:proposal", made.number)
    return render(request, PAGE, _context(cases, form), status=422)


_USUAL = {"outcome": DecisionDraft.Outcome.GRANT}


def _context(cases: list[Case], form: ProposalForm) -> dict[str, object]:
    return {"lines": [(case, open_points(case)) for case in cases], "form": form}
