"""住民の入口: search, life events and unfinished drafts."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.accounts.models import User
from todoke.cases.models import Case, Draft
from todoke.guidance.models import LifeEvent
from todoke.portal import draft_cookie
from todoke.web.shared_terminal import is_shared


def _unfinished(request: HttpRequest) -> list[Draft]:
    """Return drafts of this browser as a guest and of the signed-in person, in at most one query."""
    tokens = [] if is_shared(request) else draft_cookie.draft_tokens(request)
    left = Q(left_browsers__contains=draft_cookie.browser_of(request))
    mine = Q(submission__token__in=tokens, applicant=None) & ~left
    if isinstance(request.user, User):
        mine |= Q(applicant=request.user)
    elif not tokens:
        return []
    drafts = (
        Draft.objects.filter(mine, sent_at=None)
        .select_related("release__offer__procedure", "submission__version")
        .defer("submission__version__document")
    )
    return list(drafts.order_by("-submission__saved_at")[: draft_cookie.MOST])


def _waiting(request: HttpRequest) -> list[Case]:
    """Return the applications of the signed-in person that wait for an answer of theirs."""
    if not isinstance(request.user, User):
        return []
    waiting = Case.objects.of(request.user).filter(status=Case.Status.CORRECTION)
    related = waiting.select_related("release__offer__procedure", "submission__version")
    return list(related.defer("submission__version__document").order_by("received_at")[:5])


def show(request: HttpRequest) -> HttpResponse:
    events, drafts, waiting = LifeEvent.objects.all(), _unfinished(request), _waiting(request)
    context = {"life_events": events, "drafts": drafts, "waiting": waiting}
    return render(request, "portal/home.html", context)
