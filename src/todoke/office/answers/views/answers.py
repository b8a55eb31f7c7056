"""回答の表: the answers to all versions of a form as one table, and the numbers of each choice."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.audit.log import record
from todoke.cases.exports.answer_exports import taken_before
from todoke.cases.exports.choice_counts import choice_counts
from todoke.cases.models import AnswerLayout
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.list_page import list_page
from todoke.lists.query import wanted_format
from todoke.office.answers.answer_list import AnswerFormList, AnswerList
from todoke.office.answers.forms.answer_exports import AnswerExportForm
from todoke.runtime.read_only_mode import read_only
from todoke.web.permission_check import staff

MOST_COUNTED = 1000
"""So many applications are counted on the page; a file counts all."""


@require_GET
def show_forms(request: HttpRequest) -> HttpResponseBase:
    """Show the forms that the person's departments have answers to."""
    return list_page(request, AnswerFormList(staff(request)), "office/answers/forms.html")


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the table; columns that somebody chooses are remembered."""
    answers, by = AnswerList.at(staff(request), {"code": code}), staff(request)
    if request.GET.getlist("columns") and read_only() is None:
        AnswerLayout.keep(answers.form, answers.keys_of(answers.read(request.GET)), by=by)
    record(answers.form, "回答の表の閲覧", by=by)
    last = taken_before(answers.form, by).order_by("-requested_at").first()
    form = AnswerExportForm(initial={"headings": "\t".join(AnswerLayout.own_of(answers.form, by))})
    more = {"answers": answers, "form": form, "last": last}
    return list_page(request, answers, "office/answers/table.html", more)


@require_GET
def show_counts(request: HttpRequest, code: str) -> HttpResponse | HttpResponseBase:
    """Show how often each choice was answered, under the conditions of the table; small numbers are not told.

    The page counts the newest applications, a file all of them.
    """
    answers = AnswerList.at(staff(request), {"code": code})
    query, file_format = answers.read(request.GET), wanted_format(request.GET)
    submissions = answers.newest(query, None if file_format else MOST_COUNTED + 1)
    found = choice_counts(answers.form, submissions[: None if file_format else MOST_COUNTED])
    if file_format:
        lines = [(each.title, label, said) for each in found for label, said in each.lines]
        heads = ("設問", "選択肢", "件数")
        return table_response(request, "選択肢ごとの件数", heads, lines, file_format, conditions=answers.said(query))
    context = {
        "answers": answers, "counts": found, "said": answers.said(query), "query": query.but().encoded(),
        "bound": MOST_COUNTED if len(submissions) > MOST_COUNTED else None,
    }  # fmt: skip
    return render(request, "office/answers/counts.html", context)
