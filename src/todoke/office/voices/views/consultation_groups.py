"""意見のまとまり: one group with its opinions, its words, and the way to its answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.receipts import SummaryForm
from todoke.office.voices.opinion_page import group_context
from todoke.voices.models import CommentGroup
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def _group(request: HttpRequest, number: str, pk: int) -> CommentGroup:
    rows = CommentGroup.objects.select_related("consultation__department", "response")
    return get_object_or_404(rows, consultation=consultation_of(request, number), pk=pk)


@require_GET
def show(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show a group with its opinions, a page at a time."""
    return render(request, "office/consultations/group.html", group_context(_group(request, number, pk), request.GET))


@action("office:consultation-group", "number", "pk")
def summary(request: HttpRequest, number: str, pk: int) -> str:
    """Change the words that stand for the group."""
    row = _group(request, number, pk)
    row.rename(by=staff(request), **cleaned(SummaryForm(request.POST)))
    return "意見の要旨を直しました。"
