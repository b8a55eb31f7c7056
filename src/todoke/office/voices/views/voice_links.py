"""声をつなぐ: what an opinion, an idea or a staff proposal led to, said by a person with a reason."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from todoke.office.voices.forms.voice_links import VoiceLinkForm
from todoke.office.voices.link_pages import home_of, linked, page_of
from todoke.voices.models import CommentGroup, Idea, StaffProposal, TraceLink
from todoke.voices.models.trace_link import may_link
from todoke.voices.voice_chain import voice_chain
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff

Source = CommentGroup | Idea | StaffProposal
KINDS: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "opinion": CommentGroup.objects.all, "idea": Idea.objects.all,
    "proposal": StaffProposal.objects.all,
}  # fmt: skip
PLACES = {"opinion": "group", "idea": "idea", "proposal": "staff_proposal"}


def _source(request: HttpRequest, kind: str, pk: int) -> Source:
    """Return a voice that the person may link. Raises Http404."""
    rows = KINDS.get(kind, CommentGroup.objects.none)()
    found: Source | None = rows.filter(pk=pk).first()
    if found is None or not may_link(found, staff(request)):
        raise Http404
    return found


def show(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what a voice led to, and link one more thing."""
    source, form = _source(request, kind, pk), VoiceLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            TraceLink.make(source, form.target(), reason=form.cleaned_data["reason"], by=staff(request))
            return redirect("office:voice-link", kind, pk)
    links = [(each, page_of(each)) for each in linked(PLACES[kind], source)]
    context = {"source": source, "form": form, "links": links, "kind": kind, "home": home_of(source, staff(request)),
               "public": voice_chain(kind, pk)}  # fmt: skip
    return render(request, "office/voice_links/show.html", context, status=422 if form.errors else 200)
