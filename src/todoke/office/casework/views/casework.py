"""案件の処理: a clerk's actions on a case, one POST URL each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from todoke.cases import decisions
from todoke.cases.correction import corrections
from todoke.cases.decision.decision_words import outcome_words
from todoke.cases.decision.issuance import record_issuance
from todoke.cases.decision.readiness import open_points
from todoke.cases.models import Case
from todoke.office.casework.forms.cases import AssignmentForm, ExtensionForm, NoteForm, ProposalForm, ReasonForm
from todoke.office.casework.forms.corrections import CorrectionForm
from todoke.office.casework.views.cases import case_for
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@action("office:case", "number")
def review(request: HttpRequest, number: str) -> str:
    case_for(request, number).start_review(by=staff(request))
    return "審査を始めました。"


@action("office:case", "number")
def assignment(request: HttpRequest, number: str) -> str:
    case = case_for(request, number)
    given = cleaned(AssignmentForm(request.POST, user=staff(request)))
    case.assign(given["assignee"], by=staff(request))
    return "担当者を決めました。"


@action("office:case", "number")
def note(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "内部メモを書く", "メモを残す")
    case.add_note(form.cleaned_data["text"], by=staff(request))
    return "メモを残しました。"


@action("office:case", "number")
def extension(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "処理期間を延ばす", "延ばす")
    case.extend(form.cleaned_data["days"], reason=form.cleaned_data["reason"], by=staff(request))
    return "処理期間を延ばしました。理由は申請者にも見えます。"


@action("office:case", "number")
def withdrawal(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "取下げを記録する", "取下げを記録する")
    case.withdraw(by=staff(request), reason=form.cleaned_data["reason"])
    return "取下げを記録しました。"


def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Select answers to correct; a POST asks the applicant."""
    case = case_for(request, number)
    form = CorrectionForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            form.ask(by=staff(request))
            messages.success(request, _asked_words(case))
            return redirect("office:case", number)
    context = {"case": case, "form": form}
    return render(request, "office/cases/correction.html", context, status=422 if form.errors else 200)


def _asked_words(case: Case) -> str:
    """Return the message of a request; where no mail tells the applicant, with the letter to be printed."""
    if case.applicant_email:
        return "補正を求めました。"
    letter = reverse("office:case-correction-letter", args=[case.number])
    words = (
        '補正を求めました。メールでは伝わらないので、<a href="{}">補正のお願いを印刷して</a>、渡すか郵送してください。'
    )
    return format_html(words, letter)


@require_GET
def correction_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Show the open request of a case as a letter, to be printed for an applicant whom no mail reaches."""
    case = case_for(request, number)
    asked = case.correction_requests.filter(answered_at=None, cancelled_at=None).first()
    if asked is None:
        return redirect("office:case", number)
    case.record_view(by=staff(request))
    return render(request, "office/cases/correction_letter.html", {"case": case, "asked": asked})


@action("office:case", "number")
def correction_cancellation(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form, "補正の求めを取り消す", "取り消す")
    if asked := case.correction_requests.last():
        corrections.cancel_correction(asked, by=staff(request), reason=form.cleaned_data["reason"])
    return "補正の求めを取り消しました。"


def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the decision; a POST submits it for approval."""
    case = case_for(request, number)
    form = ProposalForm(request.POST or None, initial=decisions.last_terms(case), words=outcome_words(case))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            decisions.propose(case, by=staff(request), **form.cleaned_data)
            messages.success(request, "起案しました。決裁ルートに回っています。")
            return redirect("office:case", number)
    context = {"case": case, "form": form, "open_points": open_points(case)}
    return render(request, "office/cases/proposal.html", context, status=422 if form.errors else 200)


@action("office:case", "number")
def issuance(request: HttpRequest, number: str) -> str:
    record_issuance(case_for(request, number), by=staff(request))
    return "交付したと記録しました。"


def _again(request: HttpRequest, case: Case, form: object, title: str, label: str) -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "label": label}
    return render(request, "office/cases/again.html", context, status=422)
