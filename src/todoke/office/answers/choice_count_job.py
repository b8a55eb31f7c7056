"""Choice-count job 選択肢ごとの件数の作業: counts every application under the conditions of a table, as a file."""

from django.db import transaction
from django.http import QueryDict

from todoke.cases.exports import answer_exports
from todoke.cases.exports.answer_exports import Wish
from todoke.cases.models import AnswerExport
from todoke.jobs.backend import task_named
from todoke.lists.query import ListQuery
from todoke.office.answers.answer_list import AnswerList

COUNT = "todoke.office.tasks.count_choices"


@transaction.atomic
def request_counts(answers: AnswerList, query: ListQuery, file_format: str) -> AnswerExport:
    """Order the file of a count for the person who looks at the table."""
    wish = Wish(file_format=file_format, conditions=answers.said(query))
    made = answer_exports.request_counts(answers.form, query.but().encoded(), wish, by=answers.user)
    task_named(COUNT).enqueue(made.pk)
    return made


def count_choices(export_id: int) -> None:
    """Make the file of a count, over what the person sees now; idempotent."""
    export = AnswerExport.objects.select_related("form", "requested_by").get(pk=export_id)
    if export.is_busy:
        answers = AnswerList(export.requested_by, export.form)
        query = answers.read(QueryDict(export.query))
        answer_exports.make_counts(export, answers.submissions(query), answers.places)
