"""案件の処理: a clerk's actions on a case, one POST URL each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.cases import corrections, decisions
from todoke.cases.models import Case, DecisionDraft
from todoke.office.actions import act
from todoke.office.casework.forms.cases import AssignmentForm, ExtensionForm, NoteForm, ProposalForm, ReasonForm
from todoke.office.casework.forms.corrections import CorrectionForm
from todoke.office.casework.views.cases import case_for, me


def _page(case: Case) -> str:
    return reverse("office:case", args=[case.number])


@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    return act(request, lambda: case.start_review(by=me(request)), done="審査を始めました。", then=_page(case))


@require_POST
def assignment(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = AssignmentForm(request.POST, user=me(request))

    def deed() -> None:
        form.full_clean()
        if "assignee" in form.cleaned_data:
            case.assign(form.cleaned_data["assignee"], by=me(request))

    return act(request, deed, done="担当者を決めました。", then=_page(case))


@require_POST
def note(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "内部メモを書く", "メモを残す")
    text = form.cleaned_data["text"]
    return act(request, lambda: case.add_note(text, by=me(request)), done="メモを残しました。", then=_page(case))


@require_POST
def extension(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "処理期間を延ばす", "延ばす")
    given = form.cleaned_data
    return act(
        request,
        lambda: case.extend(given["days"], reason=given["reason"], by=me(request)),
        done="処理期間を延ばしました。理由は申請者にも見えます。",
        then=_page(case),
    )


@require_POST
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "取下げを記録する", "取下げを記録する")
    reason = form.cleaned_data["reason"]
    return act(
        request, lambda: case.withdraw(by=me(request), reason=reason), done="取下げを記録しました。", then=_page(case)
    )


def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Select answers to correct; a POST asks the applicant."""
    case = case_for(request, number)
    form = CorrectionForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        return act(request, lambda: form.ask(by=me(request)), done="補正を求めました。", then=_page(case))
    return render(request, "office/cases/correction.html", {"case": case, "form": form})


@require_POST
def correction_cancellation(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "補正の求めを取り消す", "取り消す")
    asked = case.correction_requests.last()
    return act(
        request,
        lambda: asked and corrections.cancel_correction(asked, by=me(request), reason=form.cleaned_data["reason"]),
        done="補正の求めを取り消しました。",
        then=_page(case),
    )


def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the decision; a POST submits it for approval."""
    case = case_for(request, number)
    form = ProposalForm(request.POST or None, initial={"outcome": DecisionDraft.Outcome.GRANT})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return act(
            request,
            lambda: decisions.propose(case, by=me(request), **given),
            done="起案しました。決裁ルートに回っています。",
            then=_page(case),
        )
    return render(request, "office/cases/proposal.html", {"case": case, "form": form})


def _again(request: HttpRequest, case: Case, form: object, title: str, label: str) -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "label": label}
    return render(request, "office/cases/again.html", context, status=422)
