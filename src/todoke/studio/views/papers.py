"""必要な書類: required documents and their conditions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.models import FormDraft
from todoke.studio.access import NOT_SAVED, get_draft, posted_revision
from todoke.studio.form_editor import without_stale_translations
from todoke.studio.forms.papers import PaperForm, paper_form
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


def _page(request: HttpRequest, draft: FormDraft, chosen: str = "", form: PaperForm | None = None) -> HttpResponse:
    document = draft.parsed
    rows = [(paper, document.condition_sentence(paper.when) if paper.when else "") for paper in document.papers]
    context = {"draft": draft, "document": document, "here": "papers", "rows": rows, "form": form, "chosen": chosen}
    return render(request, "studio/papers/show.html", context, status=422 if form and form.errors else 200)


def _save(request: HttpRequest, draft: FormDraft, changed: edits.Definition) -> str:
    seen = posted_revision(request, draft.revision)
    draft.edit(without_stale_translations(draft, changed), by=staff(request), revision=seen, act="必要な書類を変えた")
    return "保存しました。"


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft, chosen = get_draft(code), request.GET.get("paper", "")
    return _page(request, draft, chosen, _form(draft, chosen, None) if chosen else None)


def _form(draft: FormDraft, paper_id: str, data: object) -> PaperForm:
    try:
        return paper_form(draft.document, draft.parsed, paper_id, data)
    except KeyError:
        raise Http404 from None


@action("studio:form-papers", "code", note=NOT_SAVED)
def addition(request: HttpRequest, code: str) -> str:
    draft = get_draft(code)
    changed, _paper_id = edits.paper_added(draft.document, request.POST.get("label", "").strip())
    return _save(request, draft, changed)


@require_POST
def edition(request: HttpRequest, code: str, paper_id: str) -> HttpResponse:
    draft = get_draft(code)
    form = _form(draft, paper_id, request.POST)
    if form.is_valid():
        with RefusalsOn(form, note=NOT_SAVED):
            messages.success(request, _save(request, draft, edits.paper_put(draft.document, paper_id, form.changes())))
            return redirect("studio:form-papers", code)
    return _page(request, draft, paper_id, form)


@action("studio:form-papers", "code", note=NOT_SAVED)
def removal(request: HttpRequest, code: str, paper_id: str) -> str:
    draft = get_draft(code)
    return _save(request, draft, edits.paper_removed(draft.document, paper_id))
