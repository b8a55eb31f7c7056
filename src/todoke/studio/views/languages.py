"""ことば: texts of a form beside their translations, missing ones first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document import edits
from todoke.formbuilder.document.phrases import phrases
from todoke.formbuilder.document.translations import LANGUAGES, missing_texts, texts_of
from todoke.formbuilder.models import FormDraft
from todoke.studio.access import NOT_SAVED, get_draft, posted_revision
from todoke.web.actions import RefusalsSaid
from todoke.web.permission_check import staff


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def _page(request: HttpRequest, draft: FormDraft, language: str, typed: dict[str, str] | None = None) -> HttpResponse:
    document = draft.parsed
    known = {**document.translations.get(language, {}), **(typed or {})}
    wanted = {text.key for text in missing_texts(document, language)}
    shared = phrases(language)
    rows = [
        (text, known.get(text.key, ""), text.key in wanted, shared.get(text.japanese, ""))
        for text in texts_of(document)
    ]
    rows.sort(key=lambda row: not row[2])
    context = {
        "draft": draft, "document": document, "language": language, "name": LANGUAGES[language], "rows": rows,
        "missing": len(wanted), "here": f"language-{language}",
    }  # fmt: skip
    return render(request, "studio/languages/show.html", context, status=422 if typed else 200)


@require_GET
def show(request: HttpRequest, code: str, language: str) -> HttpResponse:
    return _page(request, get_draft(code), _known(language))


@require_POST
def edition(request: HttpRequest, code: str, language: str) -> HttpResponse:
    draft = get_draft(code)
    keys = {text.key for text in texts_of(draft.parsed)}
    typed = {key: str(request.POST.get(key, "")).strip().replace("\r\n", "\n") for key in keys}
    words = {key: text for key, text in sorted(typed.items()) if text}
    translations = {**draft.document.get("translations", {}), _known(language): words}
    changed = edits.put_whole(draft.document, {"translations": translations})
    with RefusalsSaid(request, note=NOT_SAVED):
        draft.edit(changed, by=staff(request), revision=posted_revision(request, draft.revision), act="訳を直した")
        messages.success(request, "訳を保存しました。次に公開する版から、住民の画面に出ます。")
        return redirect("studio:form-language", code, language)
    return _page(request, draft, language, typed)
