"""読み替え: own headings and own department names are matched to ours once, and remembered for the next file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.office.inventory.forms.imports import MatchingForm
from todoke.procedures import tasks
from todoke.procedures.imports import import_aliases, import_runs
from todoke.procedures.models import ImportAlias, ImportRun
from todoke.procedures.permissions import IMPORT_PROCEDURES
from todoke.procedures.survey_columns import COLUMNS
from todoke.web.actions import action
from todoke.web.permission_check import staff

HEADERS = {column.name: column.header for column in COLUMNS}


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show what is remembered."""
    staff(request, IMPORT_PROCEDURES)
    rows = [
        (alias, alias.department or HEADERS.get(alias.column, "読まない"))
        for alias in ImportAlias.objects.select_related("department", "defined_by")
    ]
    return render(request, "office/imports/aliases.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def matching(request: HttpRequest, token: str) -> HttpResponse:
    """Match the headings and departments of one file, and check it again."""
    user = staff(request, IMPORT_PROCEDURES)
    run = get_object_or_404(ImportRun, token=token)
    form = MatchingForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        count = form.save(by=user)
        if count and import_runs.check_again(run):
            tasks.check_import.enqueue(run.token)
        messages.success(request, f"{count}件の読み替えを覚えました。次の取込にも使います。")
        return redirect("office:import", token=token)
    context = {"run": run, "form": form}
    return render(request, "office/imports/matching.html", context, status=422 if form.errors else 200)


@action("office:import-aliases")
def removal(request: HttpRequest) -> str:
    """Forget one."""
    user = staff(request, IMPORT_PROCEDURES)
    alias = get_object_or_404(ImportAlias, kind=request.POST.get("kind", ""), said=request.POST.get("said", ""))
    import_aliases.forget(alias, by=user)
    return f"「{alias.said}」の読み替えをやめました。次の取込から使いません。"
