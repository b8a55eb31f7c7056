"""Round access 選考の入口: a round of the person's own department, else the page is not found."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.admissions.models import ApplicantChild, SelectionRound
from todoke.web.permission_check import staff


def round_of(request: HttpRequest, pk: int) -> SelectionRound:
    """Return a round that the person runs. Raises Http404."""
    rows = SelectionRound.objects.visible_to(staff(request))
    related = ("scheme__department", "rule_version", "last_year", "earlier__scheme", "earlier__rule_version", "offer")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def directed_round(request: HttpRequest, pk: int) -> tuple[SelectionRound, User]:
    """Return a round whose directives the person handles, and the person. Raises Http404."""
    user, found = staff(request), round_of(request, pk)
    if not found.scheme.can_handle_directives(user):
        raise Http404
    return found, user


def child_of(request: HttpRequest, pk: int, number: str) -> ApplicantChild:
    """Return a child of a round that the person runs. Raises Http404."""
    rows = round_of(request, pk).children.select_related("household", "score", "current", "round__scheme__department")
    return get_object_or_404(rows.select_related("round__rule_version", "placement__facility"), number=number)
