"""現況届: yearly reconfirmation, usually with one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.cases import reconfirmations
from todoke.cases.models import Draft, Reconfirmation
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, redirect_to_sign_in, require_owner, session_of


def _asked(request: HttpRequest, token: str) -> Reconfirmation:
    """Return the reconfirmation of a mailed link; one of an account's case requires that account."""
    known = Reconfirmation.objects.select_related("round__offer__procedure", "case", "answer", "draft__submission")
    asked = get_object_or_404(known, token=token)
    require_owner(request, asked.case.applicant_id)
    return asked


@require_GET
@redirect_to_sign_in
def show(request: HttpRequest, token: str) -> HttpResponse:
    asked = _asked(request, token)
    missing = [] if asked.answer or asked.is_held else reconfirmations.missing_answers(asked)
    return render(request, "portal/reconfirmation/show.html", {"asked": asked, "missing": missing})


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    response = redirect("portal:application", draft.submission.token)
    draft_cookie.add_draft(request, response, draft.submission.token)
    return response


@require_POST
@redirect_to_sign_in
def unchanged(request: HttpRequest, token: str) -> HttpResponse:
    """Submit unchanged answers; if something is missing, show the page that asks for it."""
    asked = _asked(request, token)
    sent = reconfirmations.confirm_unchanged(
        asked, by=actor_of(request), language=get_language() or "ja", session=session_of(request)
    )
    if sent is None:
        messages.warning(request, _("まだ届け出ていません。足りない答えがあります。入力して、最後に送ってください。"))
    return _go_on(request, Draft.objects.select_related("submission").get(reconfirmation=asked))


@require_POST
@redirect_to_sign_in
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Open the previous answers for editing."""
    asked = _asked(request, token)
    draft = reconfirmations.begin_answer(
        asked, by=actor_of(request), language=get_language() or "ja", session=session_of(request)
    )
    return _go_on(request, draft)
