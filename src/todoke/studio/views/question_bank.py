"""設問をまとめて加える: questions typed one a line, or copied from other forms and templates."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.formbuilder.document import edits
from todoke.formbuilder.paper_import.question_lines import lines_in_words, read_lines
from todoke.studio.access import NOT_SAVED, get_draft, posted_revision
from todoke.studio.form_editor import without_stale_translations
from todoke.studio.question_bank import copied, matching_questions
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _added(request: HttpRequest, code: str, part_id: str, questions: list[edits.Part], act: str) -> HttpResponse:
    draft = get_draft(code)
    try:
        changed = edits.add_questions(draft.document, part_id, questions)
    except KeyError:
        raise Http404 from None
    seen = posted_revision(request, draft.revision)
    draft.edit(without_stale_translations(draft, changed), by=staff(request), revision=seen, act=act)
    return redirect("studio:form-page", code, edits.page_of(changed, part_id))


@action("studio:form", "code", note=NOT_SAVED)
def lines(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    """Add several questions, one a line, and say what was understood."""
    found = read_lines(request.POST.get("lines", ""))
    answer = _added(request, code, part_id, found, f"設問を{len(found)}件加えた")
    messages.success(request, f"設問を{len(found)}件加えました。答えの種類を確かめてください: {lines_in_words(found)}")
    return answer


@require_GET
def bank(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    """Search the questions of one's own forms and of the templates."""
    draft, words = get_draft(code), request.GET.get("q", "").strip()[:100]
    rows = matching_questions(words, without=draft.code)
    context = {"draft": draft, "part_id": part_id, "words": words, "rows": rows}
    return render(request, "studio/parts/bank.html", context)


@action("studio:form", "code", note=NOT_SAVED)
def copy(request: HttpRequest, code: str, part_id: str) -> HttpResponse:
    """Add a question of another form or a template."""
    question = copied(request.POST.get("source", ""), request.POST.get("question", ""))
    answer = _added(request, code, part_id, [question], f"設問「{question['label']}」を写した")
    messages.success(request, f"設問「{question['label']}」を加えました。")
    return answer
