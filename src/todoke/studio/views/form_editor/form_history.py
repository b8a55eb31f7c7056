"""様式案の履歴: what was taken from paper, what was done to a form draft, and taking the last act back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.studio.access import get_draft, posted_revision
from todoke.web.actions import action
from todoke.web.permission_check import staff

SHOWN = 50


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the last acts on a draft, newest first."""
    draft = get_draft(code)
    rows = draft.revisions.select_related("by").defer("document")[:SHOWN]
    context = {"draft": draft, "document": draft.parsed, "here": "history", "rows": rows}
    return render(request, "studio/forms/history.html", context)


@require_GET
def paper_reading(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was taken from the paper form and what was not; nothing for a draft that no paper began."""
    draft = get_draft(code)
    reading = draft.paper_readings.select_related("by").first()
    context = {"draft": draft, "document": draft.parsed, "here": "paper-reading", "reading": reading}
    return render(request, "studio/forms/paper_reading.html", context)


@action("studio:form", "code")
def undo(request: HttpRequest, code: str) -> str:
    """Take the last act on a draft back."""
    draft = get_draft(code)
    undone = draft.undo(by=staff(request), revision=posted_revision(request, draft.revision))
    return f"元に戻しました: {undone}"
