"""職員の記入: questions of a form that only staff answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.cases import staff_answers
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import PageForm, form_for, parse_answers
from todoke.formbuilder.document.question_types import Value
from todoke.office.casework.views.cases import case_for
from todoke.web.actions import action
from todoke.web.permission_check import staff


def entries(request: HttpRequest, number: str) -> HttpResponse:
    """Show the staff questions of a case; a POST stores the answers and leaves the applicant's unchanged."""
    return _save(request, number=number) if request.method == "POST" else _page(request, case_for(request, number), [])


@action("office:case", "number")
def _save(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    if problems := staff_answers.save_staff_answers(case, request.POST, by=staff(request)):
        return _page(request, case, problems)
    return "職員の記入欄を保存しました。申請者には見えません。"


def _page(request: HttpRequest, case: Case, problems: list[AnswerProblem]) -> HttpResponse:
    sheets = _sheets(request, case, problems)
    if not sheets:
        raise Http404
    context = {"case": case, "sheets": sheets}
    return render(request, "office/cases/entries.html", context, status=422 if problems else 200)


def _sheets(request: HttpRequest, case: Case, problems: list[AnswerProblem]) -> list[PageForm]:
    submission, typed = case.submission, dict[AnswerKey, Value]()
    for page in submission.document.pages if request.method == "POST" else ():
        typed |= parse_answers(page, request.POST)
    answers = {**submission.current_answers(), **typed}
    journey = Journey(submission.document, answers, submission.reference_date(), staff=True)
    sheets = [form_for(page, journey, staff_only=True) for page in journey.pages()]
    for sheet in sheets:
        sheet.show(problem for problem in problems if problem.page == sheet.page.id)
    return [sheet for sheet in sheets if sheet.fields]
