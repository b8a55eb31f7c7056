"""様式の部分: editing a form draft; every submit saves and shows the result."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.document.removal import removal_of
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import FormDraft
from todoke.studio.access import NOT_SAVED, get_draft, posted_revision
from todoke.studio.draft_answers import answering
from todoke.studio.form_editor import form_editor, unsaved_preview, without_stale_translations
from todoke.studio.forms.form_parts import KINDS, PartForm, page_of_part, part_form
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


def _save(request: HttpRequest, draft: FormDraft, definition: edits.Definition, act: str = "直した") -> str:
    seen = posted_revision(request, draft.revision)
    draft.edit(without_stale_translations(draft, definition), by=staff(request), revision=seen, act=act)
    return "保存しました。"


def _page(request: HttpRequest, draft: FormDraft, page_id: str, form: PartForm | None, chosen: str) -> HttpResponse:
    try:
        bench = form_editor(draft, page_id, form=form, chosen=chosen)
    except KeyError:
        raise Http404 from None
    context = {"bench": bench, "kinds": KINDS, "wide": request.GET.get("width") == "wide"}
    return render(request, "studio/parts/show.html", context, status=422 if form and form.errors else 200)


def _address(code: str, page_id: str, part_id: str = "") -> str:
    chosen = f"?part={part_id}#edit" if part_id else ""
    return reverse("studio:form-page", args=[code, page_id]) + chosen


def _page_of(request: HttpRequest, code: str, part_id: str) -> str:
    """Return the path of the page with a part, of the first page when the part is gone."""
    document = get_draft(code).document
    try:
        return _address(code, page_of_part(document, part_id))
    except KeyError:
        return _address(code, document["pages"][0]["id"])


def _form(draft: FormDraft, part_id: str, request: HttpRequest) -> PartForm:
    try:
        return part_form(draft.document, draft.parsed, part_id, request.POST if request.method == "POST" else None)
    except KeyError:
        raise Http404 from None


@require_GET
def show(request: HttpRequest, code: str, page_id: str = "") -> HttpResponse:
    draft, chosen = get_draft(code), request.GET.get("part", "")
    form = _form(draft, chosen, request) if chosen else None
    return _page(request, draft, page_id or draft.document["pages"][0]["id"], form, chosen)


@require_POST
def edition(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    draft = get_draft(code)
    form = _form(draft, part_id, request)
    page_id = page_of_part(draft.document, part_id)
    if form.is_valid():
        changed = edits.update_part(draft.document, part_id, form.changes(), form.cleaned_data.get("group", ""))
        with RefusalsOn(form, note=NOT_SAVED):
            words = form.cleaned_data.get("label") or form.cleaned_data.get("title") or "まとまり"
            messages.success(request, _save(request, draft, changed, f"「{words}」を直した"))
            return redirect(_address(code, page_of_part(draft.document, part_id)))
    return _page(request, draft, page_id, form, part_id)


@require_POST
def preview(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    """Show the result of an edit without saving it."""
    draft = get_draft(code)
    form = _form(draft, part_id, request)
    if not form.is_valid():
        return HttpResponse(status=422)
    changed = edits.update_part(draft.document, part_id, form.changes(), form.cleaned_data.get("group", ""))
    shown = unsaved_preview(changed, page_of_part(changed, part_id))
    return render(request, "studio/parts/preview.html", {"preview": shown})


@action(_page_of, note=NOT_SAVED)
def addition(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    draft, what = get_draft(code), request.POST.get("what", "")
    label, noun = (request.POST.get(name, "").strip() for name in ("label", "noun"))
    try:
        kind = QuestionKind(request.POST.get("kind", QuestionKind.SHORT_TEXT))
        changed, new = edits.add_part(draft.document, part_id, what=what, label=label, kind=kind, noun=noun)
    except (KeyError, ValueError):
        raise Http404 from None
    messages.success(request, _save(request, draft, changed, f"「{label}」を加えた"))
    return redirect(_address(code, page_of_part(changed, new), new))


@action(_page_of, note=NOT_SAVED)
def move(request: HttpRequest, code: str, part_id: str) -> str:
    draft = get_draft(code)
    try:
        changed = edits.move_part(draft.document, part_id, -1 if request.POST.get("to") == "up" else 1)
    except KeyError:
        raise Http404 from None
    return _save(request, draft, changed, "順番を変えた")


@require_GET
def deletion(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    """Ask before a part is deleted: show what goes with it and what looks at it."""
    draft = get_draft(code)
    try:
        gone = removal_of(draft.document, draft.parsed, part_id)
    except KeyError:
        raise Http404 from None
    answered = sum(answering(draft).get(question, 0) for question in gone.questions)
    context = {"draft": draft, "gone": gone, "part_id": part_id, "answered": answered}
    return render(request, "studio/parts/deletion.html", {**context, "page_id": page_of_part(draft.document, part_id)})


@action(_page_of, note=NOT_SAVED)
def removal(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    draft = get_draft(code)
    page_id = page_of_part(draft.document, part_id)
    try:
        gone = removal_of(draft.document, draft.parsed, part_id)
    except KeyError:
        raise Http404 from None
    act = f"{gone.noun}「{gone.label}」を消した"[:200]
    _save(request, draft, edits.remove_part(draft.document, part_id), act)
    messages.success(request, f"{gone.noun}「{gone.label}」を消しました。上の「元に戻す」で戻せます。")
    return redirect(_address(code, page_of_part(draft.document, page_id)))
