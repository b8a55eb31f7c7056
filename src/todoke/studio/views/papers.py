"""必要な書類: required documents and their conditions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.models import FormDraft
from todoke.runtime.refusals import Refused
from todoke.studio.access import designer_of, get_draft, posted_revision
from todoke.studio.form_editor import without_stale_translations
from todoke.studio.forms.papers import PaperForm, paper_form


def _page(request: HttpRequest, draft: FormDraft, chosen: str = "", form: PaperForm | None = None) -> HttpResponse:
    document = draft.parsed
    rows = [(paper, document.condition_sentence(paper.when) if paper.when else "") for paper in document.papers]
    context = {"draft": draft, "document": document, "here": "papers", "rows": rows, "form": form, "chosen": chosen}
    return render(request, "studio/papers/show.html", context, status=422 if form and form.errors else 200)


def _save(request: HttpRequest, draft: FormDraft, changed: edits.Definition) -> bool:
    seen = posted_revision(request, draft.revision)
    try:
        draft.edit(without_stale_translations(draft, changed), by=designer_of(request), revision=seen)
    except Refused as refusal:
        messages.error(request, f"保存していません。{refusal}")
        return False
    messages.success(request, "保存しました。")
    return True


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft, chosen = get_draft(code), request.GET.get("paper", "")
    return _page(request, draft, chosen, _form(draft, chosen, None) if chosen else None)


def _form(draft: FormDraft, paper_id: str, data: object) -> PaperForm:
    try:
        return paper_form(draft.document, draft.parsed, paper_id, data)
    except KeyError:
        raise Http404 from None


@require_POST
def addition(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    changed, _paper_id = edits.paper_added(draft.document, request.POST.get("label", "").strip())
    _save(request, draft, changed)
    return redirect("studio:form-papers", code)


@require_POST
def edition(request: HttpRequest, code: str, paper_id: str) -> HttpResponse:
    draft = get_draft(code)
    form = _form(draft, paper_id, request.POST)
    if form.is_valid() and _save(request, draft, edits.paper_put(draft.document, paper_id, form.changes())):
        return redirect("studio:form-papers", code)
    return _page(request, draft, paper_id, form)


@require_POST
def removal(request: HttpRequest, code: str, paper_id: str) -> HttpResponse:
    draft = get_draft(code)
    _save(request, draft, edits.paper_removed(draft.document, paper_id))
    return redirect("studio:form-papers", code)
