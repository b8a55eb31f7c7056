"""様式: list, creation, import and export of form drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.document.form_templates import matching_templates
from todoke.formbuilder.models import FormDraft, PaperReading
from todoke.formbuilder.publication import form_package
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.lists.list_page import list_page
from todoke.procedures.form_drafts import definition_for
from todoke.studio.access import NOT_SAVED, get_draft, public_url
from todoke.studio.definitions.forms.definitions import DefinitionFileForm
from todoke.studio.form_beginnings import beginning, own_forms
from todoke.studio.form_editor import without_stale_translations
from todoke.studio.form_lists import FormDraftList
from todoke.studio.forms.form_settings import FormSettingsForm
from todoke.studio.forms.forms import BeginForm, FileForm, PaperFileForm, SurveyForm
from todoke.web.actions import RefusalsOn
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, FormDraftList(staff(request)), "studio/forms/index.html")


def beginnings_page(words: str = "", start: str = "") -> dict[str, Any]:
    return {
        "words": words,
        "shelf": matching_templates(words),
        "own": own_forms(words),
        "begin": BeginForm(initial={"start": start}),
        "file": FileForm(auto_id="file_%s"),
        "paper": PaperFileForm(),
        "survey": SurveyForm(),
        "definition": DefinitionFileForm(auto_id="definition_%s"),
    }


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    words, start = request.GET.get("q", "").strip()[:100], request.GET.get("start", "")[:80]
    chosen = SurveyForm(initial={"number": request.GET.get("number", "")[:12]})
    context = {**beginnings_page(words, start), "survey": chosen}
    return render(request, "studio/forms/library.html", context)


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        context = {**beginnings_page(), "begin": form}
        return render(request, "studio/forms/library.html", context, status=422)
    given = form.cleaned_data
    document = {**beginning(given["start"], given["title"]), "title": given["title"]}
    draft = FormDraft.begin(given["code"], document, by=staff(request))
    messages.success(request, f"「{draft.title}」の様式案を作りました。")
    return redirect("studio:form", draft.code)


@require_POST
def taking_in(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    if form.is_valid():
        with RefusalsOn(form, "file"):
            parcel = form_package.read_package(form.cleaned_data["file"])
            draft = form_package.import_package(parcel, form.cleaned_data["code"], by=staff(request))
            messages.success(request, f"「{draft.title}」を様式案として取り込みました。{parcel.origin_description}")
            return redirect("studio:form", draft.code)
    context = {**beginnings_page(), "file": form}
    return render(request, "studio/forms/library.html", context, status=422)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Create a draft from a paper form; what was left out stands on a page of the draft."""
    form = PaperFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "studio/forms/library.html", {**beginnings_page(), "paper": form}, status=422)
    given = form.cleaned_data
    made = PaperReading.begin_draft(given["sheet_code"], given["sheet"].name, given["reading"], by=staff(request))
    messages.success(request, f"設問を{len(made.asked)}件読み取り、様式案を作りました。")
    return redirect("studio:form-paper-reading", made.draft.code)


@require_POST
def survey(request: HttpRequest) -> HttpResponse:
    """Create a draft from the inventory's data on a procedure."""
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return render(request, "studio/forms/library.html", {**beginnings_page(), "survey": form}, status=422)
    document = definition_for(form.cleaned_data["number"])
    draft = FormDraft.begin(form.cleaned_data["survey_code"], document, by=staff(request))
    messages.success(request, f"「{draft.title}」の様式案を、調査の記載から作りました。設問を確かめてください。")
    return redirect("studio:form", draft.code)


@require_GET
def whole(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    form = FormSettingsForm(initial=FormSettingsForm.of(draft.document))
    return render(request, "studio/forms/whole.html", {"draft": draft, "document": draft.parsed, "form": form})


@require_POST
def edition(request: HttpRequest, code: str) -> HttpResponse:
    draft, form = get_draft(code), FormSettingsForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note=NOT_SAVED):
            changed = edits.put_whole(draft.document, form.changes(draft.document))
            draft.edit(without_stale_translations(draft, changed), by=staff(request), act="全体と案内を直した")
            messages.success(request, "保存しました。")
            return redirect("studio:form-whole", code)
    context = {"draft": draft, "document": draft.parsed, "form": form}
    return render(request, "studio/forms/whole.html", context, status=422)


@require_GET
def file(request: HttpRequest, code: str) -> HttpResponseBase:
    draft, kind = get_draft(code), "application/json; charset=utf-8"
    return without_persons(form_package.export_package(draft).encode(), f"{draft.code}.todoke.json", media_type=kind)


@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    context = {"draft": draft, "paper": build_paper_form(draft.parsed, public_url(request, draft))}
    return render(request, "studio/forms/paper.html", context)
