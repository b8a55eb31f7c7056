"""文書分類表: retention by class: editing, testing and publishing the next table."""

from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.approvals.views.routes import posted_revision
from todoke.office.records.classification_list import ClassificationList
from todoke.office.records.forms.classifications import ClosingForm, LineForm, TablePublicationForm
from todoke.records.classification_table import ClassificationLine, table_changes, table_problems
from todoke.records.models import ClassificationDraft, ClassificationTable
from todoke.records.models.classification import StartRule
from todoke.records.permissions import EDIT_CLASSIFICATION
from todoke.records.retention import RetentionTerm, retention_term
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor

STARTS = {str(value): str(label) for value, label in StartRule.choices}


def _draft() -> ClassificationDraft:
    return get_object_or_404(ClassificationDraft.objects.select_related("written_by"))


def _rows(
    lines: list[ClassificationLine], closed_on: date | None
) -> list[tuple[ClassificationLine, str, RetentionTerm | None]]:
    """Return each line with its label and the retention period of a matter closed on that day."""
    return [
        (line, STARTS[line.start_rule], retention_term(closed_on, line.start_rule, line.years) if closed_on else None)
        for line in lines
    ]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the table in force."""
    return redirect("office:classification-table", ClassificationTable.on(today()).number)


@require_GET
def table(request: HttpRequest, number: int) -> HttpResponse:
    """Show a published table."""
    found, user = get_object_or_404(ClassificationTable, number=number), staff(request)
    context = {
        "table": found, "versions": ClassificationTable.objects.order_by("-starts_on"),
        "now": ClassificationTable.on(today()), "draft": ClassificationDraft.objects.first(),
        "may_classify": EDIT_CLASSIFICATION.held_by(user),
        **ClassificationList(user, found).page(request.GET).context(),
    }  # fmt: skip
    return render(request, "office/classifications/table.html", context)


@require_GET
def export(request: HttpRequest, number: int) -> HttpResponseBase:
    found = get_object_or_404(ClassificationTable, number=number)
    return list_response(ClassificationList(staff(request), found), request)


@action("office:classifications")
def drafting(request: HttpRequest) -> HttpResponse:
    ClassificationDraft.begin(by=staff(request, EDIT_CLASSIFICATION))
    messages.success(request, "いちばん新しい版を写して、案を作りました。")
    return redirect("office:classification-draft")


@require_GET
def draft(request: HttpRequest) -> HttpResponse:
    """Show the draft, its differences, trial retention, and publication."""
    found, user = _draft(), staff(request)
    newest = ClassificationTable.objects.latest("starts_on")
    form = ClosingForm(request.GET if "closed_on" in request.GET else None)
    closed_on = form.cleaned_data["closed_on"] if form.is_valid() else None
    context = {
        "draft": found, "rows": _rows(found.lines, closed_on), "closed_on": closed_on, "closing_form": form,
        "problems": table_problems(found.lines), "newest": newest, "mine": found.written_by_id == user.pk,
        "changes": table_changes(newest.as_lines(), found.lines, STARTS),
        "may_classify": EDIT_CLASSIFICATION.held_by(user),
        "form": TablePublicationForm(initial={"seen": found.revision}),
    }  # fmt: skip
    return render(request, "office/classifications/draft.html", context)


def _editing(request: HttpRequest, found: ClassificationDraft, code: str, form: LineForm) -> HttpResponse:
    return render(request, "office/classifications/line.html", {"draft": found, "code": code, "form": form})


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Show the form for a new line."""
    found = _draft()
    return _editing(request, found, "", LineForm(draft=found))


@require_GET
def line(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a line."""
    found = _draft()
    row = next((row for row in found.lines if row.code == code), None)
    if row is None:
        raise Http404
    return _editing(request, found, code, LineForm(initial=asdict(row), draft=found, but=code))


def _put(request: HttpRequest, code: str) -> str | HttpResponse:
    by, found = staff(request, EDIT_CLASSIFICATION), _draft()
    form = LineForm(request.POST, draft=found, but=code)
    if not form.is_valid():
        return _editing(request, found, code, form)
    found.put(form.line(), instead_of=code, seen=posted_revision(request), by=by)
    return "案に書きました。公開するまで、保存期間は変わりません。"


@action("office:classification-draft")
def addition(request: HttpRequest) -> str | HttpResponse:
    return _put(request, "")


@action("office:classification-draft")
def entry(request: HttpRequest, code: str) -> str | HttpResponse:
    return _put(request, code)


@action("office:classification-draft")
def removal(request: HttpRequest, code: str) -> str:
    by = staff(request, EDIT_CLASSIFICATION)
    _draft().remove(code, seen=posted_revision(request), by=by)
    return "案から消しました。綴り終えた公文書は変わりません。"


@action("office:classifications")
def discarding(request: HttpRequest) -> str:
    _draft().discard(by=staff(request, EDIT_CLASSIFICATION))
    return "案を取りやめました。いまの版は、そのままです。"


@requires_recent_factor
@action("office:classification-draft")
def publication(request: HttpRequest) -> HttpResponse:
    by = staff(request, EDIT_CLASSIFICATION)
    _draft().publish(by=by, **cleaned(TablePublicationForm(request.POST)))
    messages.success(request, "公開しました。適用開始日以降に完結した文書から、この表で綴られます。")
    return redirect("office:classifications")
