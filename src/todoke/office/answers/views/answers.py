"""回答の表: the answers to all versions of a form as one table, and the numbers of each choice."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.audit.log import record
from todoke.cases.exports.answer_exports import taken_before
from todoke.cases.exports.choice_counts import COUNT_HEADS, choice_counts, count_lines
from todoke.cases.models import AnswerLayout
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.list_page import list_page
from todoke.lists.query import wanted_format
from todoke.office.answers.answer_list import AnswerFormList, AnswerList
from todoke.office.answers.choice_count_job import request_counts
from todoke.office.answers.forms.answer_exports import AnswerExportForm
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict
from todoke.web.actions import action
from todoke.web.permission_check import staff

MOST_COUNTED = 1000
"""So many applications are counted while the person waits."""


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

    Where there are more applications than ``MOST_COUNTED`` the page counts the newest; a job counts all, and a file
    raises Conflict.
    """
    answers = AnswerList.at(staff(request), {"code": code})
    query, file_format = answers.read(request.GET), wanted_format(request.GET)
    submissions = answers.newest(query, MOST_COUNTED + 1)
    is_bounded, encoded = len(submissions) > MOST_COUNTED, query.but().encoded()
    if file_format and is_bounded:
        said = f"申請が{MOST_COUNTED:,}件を超えました。画面の「すべての申請を数える」で、ファイルを作ってください。"
        raise Conflict(said, link=f"{request.path}?{encoded}")
    counts, said = choice_counts(answers.form, submissions[:MOST_COUNTED]), answers.said(query)
    if file_format:
        return table_response(
            request, "選択肢ごとの件数", COUNT_HEADS, count_lines(counts), file_format, conditions=said
        )
    context = {"answers": answers, "counts": counts, "said": said, "query": encoded, "most": MOST_COUNTED}
    return render(request, "office/answers/counts.html", {**context, "is_bounded": is_bounded})


def _counts_page(request: HttpRequest, code: str) -> str:
    return reverse("office:answer-counts", args=[code], query=QueryDict(request.POST.get("query", "")))


@action(_counts_page)
def begin_count(request: HttpRequest, code: str) -> HttpResponse:
    """Have every application under the conditions of the table counted, by a job that makes a file."""
    answers = AnswerList.at(staff(request), {"code": code})
    query = answers.read(QueryDict(request.POST.get("query", "")))
    made = request_counts(answers, query, wanted_format(request.POST, "xlsx"))
    return redirect("office:answer-export", made.token)
