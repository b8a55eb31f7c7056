"""様式の移行: a list of questions of another form service is read, tried as often as one likes, and made a draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from todoke.formbuilder.models import PaperReading
from todoke.integrations.definitions.definition_columns import ROLES
from todoke.studio.definitions.forms.definitions import DefinitionFileForm, DefinitionForm, sealed, unsealed
from todoke.studio.definitions.preview import preview
from todoke.studio.views.forms import beginnings_page
from todoke.web.actions import RefusalsOn, RefusalsSaid
from todoke.web.permission_check import staff

NOTE = "ほかのフォームのサービスから移した案です。設問を確かめてから公開してください。"


def _page(request: HttpRequest, form: DefinitionForm, status: int = 200) -> HttpResponse:
    """Show what the columns mean and what would become of every row; nothing is written."""
    shown = preview(form.reading()) if form.is_valid() else None
    context = {"form": form, "table": sealed(form.table), "rows": len(form.table.rows), "shown": shown, "roles": ROLES}
    return render(request, "studio/definitions/show.html", context, status=status if shown else 422)


def _chosen(request: HttpRequest) -> DefinitionForm | None:
    """Return what was chosen for the table that the page carried; None where it carried none."""
    with RefusalsSaid(request):
        return DefinitionForm(request.POST.dict(), table=unsealed(request.POST.get("table", "")))
    return None


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Read a file and show what its columns likely mean."""
    form = DefinitionFileForm(request.POST, request.FILES, auto_id="definition_%s")
    if form.is_valid():
        return _page(request, DefinitionForm({}, table=form.cleaned_data["table"]))
    return render(request, "studio/forms/library.html", {**beginnings_page(), "definition": form}, status=422)


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """Show what would become of every row by what was chosen."""
    form = _chosen(request)
    return redirect("studio:form-library") if form is None else _page(request, form)


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    """Create a draft by what was chosen; what was not taken stands on a page of the draft."""
    form = _chosen(request)
    if form is None:
        return redirect("studio:form-library")
    if form.is_valid():
        with RefusalsOn(form):
            made = PaperReading.begin_draft(
                form.cleaned_data["code"], form.table.title or form.cleaned_data["title"], form.reading(),
                by=staff(request), note=NOTE, act="ほかのサービスの様式の取込",
            )  # fmt: skip
            messages.success(request, f"設問を{len(made.asked)}件移し、様式案を作りました。")
            return redirect("studio:form-paper-reading", made.draft.code)
    return _page(request, form, 422)
