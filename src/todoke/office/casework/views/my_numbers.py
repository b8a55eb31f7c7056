"""個人番号: shown once to the department of the case, for a logged reason."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.cases.models import Case
from todoke.cases.my_number_access import disclose_number
from todoke.formbuilder.answers.journey import AnswerKey, SummaryRow
from todoke.formbuilder.document.structure import QuestionKind
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.casework.views.cases import case_for
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


def _row(case: Case, place: str) -> SummaryRow:
    """Return the My Number answer that the URL names. Raises Http404 for other kinds."""
    for _, rows in case.submission.journey(staff=True).summary():
        for row in rows:
            if row.place == place and row.question.kind is QuestionKind.MY_NUMBER and row.value:
                return row
    raise Http404


@requires_recent_factor
def show(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Ask for the reason; a POST shows the number on this page only."""
    case = case_for(request, number)
    row, clear = _row(case, place), ""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = "どの事務で、なぜ番号が要るかを書きます。例: 所得の情報を照会するため"
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            spot = AnswerKey(row.question.id, row.row)
            clear = disclose_number(case, spot, by=staff(request), reason=form.cleaned_data["reason"])
    context = {"case": case, "row": row, "form": form, "clear": clear}
    return render(request, "office/cases/my_number.html", context, status=422 if form.errors else 200)
