"""対象外なら止まる: on which answers a service is not for the applicant, and what is said then."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.models import FormDraft
from todoke.studio.access import NOT_SAVED, get_draft, posted_revision
from todoke.studio.form_editor import without_stale_translations
from todoke.studio.forms.stops import StopForm, stop_form
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


def _page(request: HttpRequest, draft: FormDraft, form: StopForm, chosen: str = "") -> HttpResponse:
    document = draft.parsed
    rows = [(stop, document.condition_sentence(stop.when)) for stop in document.stops]
    context = {"draft": draft, "document": document, "here": "stops", "rows": rows, "form": form, "chosen": chosen}
    return render(request, "studio/forms/stops.html", context, status=422 if form.errors else 200)


def _form(draft: FormDraft, stop_id: str, data: object = None) -> StopForm:
    try:
        return stop_form(draft.document, draft.parsed, stop_id, data)
    except KeyError:
        raise Http404 from None


def _save(request: HttpRequest, draft: FormDraft, changed: edits.Definition) -> None:
    seen = posted_revision(request, draft.revision)
    changed = without_stale_translations(draft, changed)
    draft.edit(changed, by=staff(request), revision=seen, act="対象外なら止まる条件を変えた")


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft, chosen = get_draft(code), request.GET.get("stop", "")
    return _page(request, draft, _form(draft, chosen), chosen)


@require_POST
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """Add a stop, or change the one that is posted."""
    draft, chosen = get_draft(code), request.POST.get("stop", "")
    form = _form(draft, chosen, request.POST)
    if form.is_valid():
        with RefusalsOn(form, note=NOT_SAVED):
            _save(request, draft, edits.stop_put(draft.document, chosen, form.changes()))
            messages.success(request, "保存しました。")
            return redirect("studio:form-stops", code)
    return _page(request, draft, form, chosen)


@action("studio:form-stops", "code", note=NOT_SAVED)
def removal(request: HttpRequest, code: str) -> str:
    draft = get_draft(code)
    _save(request, draft, edits.stop_removed(draft.document, request.POST.get("stop", "")))
    return "消しました。上の「元に戻す」で戻せます。"
