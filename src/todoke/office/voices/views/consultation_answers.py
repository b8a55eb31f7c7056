"""区の考え方: one answer a group, their approval together, and the table as a file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.answer_tables import AnswerTableForm, chosen_lines, lines_to_take
from todoke.office.voices.forms.receipts import AnswerForm
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.writer import XLSX
from todoke.voices.answer_workbook import read_answers, take_answers
from todoke.voices.consultation_result import missing_answers, propose_answers
from todoke.voices.models import CommentGroup, Consultation, OfficialResponse
from todoke.voices.response_table import ResponseTable
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.downloads import PDF, export
from todoke.web.permission_check import staff

PAGE = ("office:answers-table", "number")


def _form(pk: int, response: OfficialResponse | None) -> AnswerForm:
    initial = {"kind": response.kind, "text": response.text} if response else {}
    return AnswerForm(initial=initial, auto_id=f"id_{pk}_%s")


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show every group with its answer."""
    of = consultation_of(request, number)
    rows = OfficialResponse.objects.filter(group__consultation=of).select_related("proposal")
    responses = {each.group_id: each for each in rows}
    groups = [(each, responses.get(each["pk"]), _form(each["pk"], responses.get(each["pk"])))
              for each in ResponseTable(of).groups()]  # fmt: skip
    answering = of.status == Consultation.Status.ANSWERING
    proposal = next((each.proposal for each in responses.values() if each.proposal), None)
    context = {"of": of, "groups": groups, "answering": answering, "proposal": proposal,
               "missing": missing_answers(of) if answering else []}  # fmt: skip
    return render(request, "office/consultations/answers.html", context)


@require_GET
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the table as a PDF or an Excel workbook."""
    of = consultation_of(request, number)
    table, wanted = ResponseTable(of), "xlsx" if request.GET.get("format") == "xlsx" else "pdf"
    title = f"{of.title} 意見と区の考え方"
    exported = Export(title, f"{title}.{wanted}", of.groups.count(), wanted, subject=of)
    if wanted == "xlsx":
        return export(request, table, table.xlsx, exported, media_type=XLSX)
    return export(request, table, table.pdf, exported, media_type=PDF)


@action(*PAGE)
def answer(request: HttpRequest, number: str, pk: int) -> str:
    """Write the answer of a group."""
    group = get_object_or_404(CommentGroup, consultation=consultation_of(request, number), pk=pk)
    group.answer(by=staff(request), **cleaned(AnswerForm(request.POST)))
    return f"「{group}」への区の考え方を書きました。"


def reading(request: HttpRequest, number: str) -> HttpResponse:
    """Read a returned table and show what it would change."""
    of = consultation_of(request, number)
    form, found = AnswerTableForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            found = read_answers(of, form.cleaned_data["file"].read())
    context = {"of": of, "form": form, "found": found, "lines": lines_to_take(found.changed) if found else []}
    return render(request, "office/consultations/answers_reading.html", context, status=422 if form.errors else 200)


@action(*PAGE)
def taking(request: HttpRequest, number: str) -> str:
    """Write the chosen lines of a returned table. Raises Refused where none was chosen."""
    of = consultation_of(request, number)
    rows = chosen_lines(of, request.POST)
    if not rows:
        raise Refused("取り込む行を選んでください。表を読み戻すと、変わる行が並びます。")
    return f"{take_answers(of, rows, by=staff(request))}件の区の考え方を取り込みました。"


@action(*PAGE)
def proposal(request: HttpRequest, number: str) -> str:
    """Send all answers to approval."""
    made = propose_answers(consultation_of(request, number), by=staff(request))
    return f"{made.number}で起案しました。決裁が済むと、結果を公表できます。"
