"""現況届: yearly reconfirmation, usually with one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from todoke.cases import reconfirmations
from todoke.cases.mail.mailed_links import RECONFIRMATION
from todoke.cases.models import Draft, Reconfirmation
from todoke.notices.link_purpose import Ending, LinkEnded
from todoke.notices.models import MailedLink
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, link_of, redirect_to_sign_in, require_owner, session_of


def _asked(request: HttpRequest, secret: str) -> tuple[MailedLink, Reconfirmation]:
    """Return a mailed link and its reconfirmation; one of an account's case requires that account.

    Raises LinkEnded, also when the case has another address by now.
    """
    link = link_of(request, RECONFIRMATION, secret)
    known = Reconfirmation.objects.select_related("round__offer__procedure", "case", "answer", "draft__submission")
    asked = known.get(pk=link.target_pk)
    if not link.is_for(asked.case.applicant_email):
        raise LinkEnded(RECONFIRMATION, Ending.WITHDRAWN)
    require_owner(request, asked.case.applicant_id)
    return link, asked


@require_safe
@redirect_to_sign_in
def show(request: HttpRequest, secret: str) -> HttpResponse:
    asked = _asked(request, secret)[1]
    missing = [] if asked.is_held else reconfirmations.missing_answers(asked)
    context = {"asked": asked, "missing": missing, "secret": secret}
    return render(request, "portal/reconfirmation/show.html", context)


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    response = redirect("portal:application", draft.submission.token)
    draft_cookie.add_draft(request, response, draft.submission.token)
    return response


@require_POST
@redirect_to_sign_in
def unchanged(request: HttpRequest, secret: str) -> HttpResponse:
    """Submit unchanged answers; if something is missing, show the page that asks for it."""
    link, asked = _asked(request, secret)
    link.use(by=actor_of(request))
    sent = reconfirmations.confirm_unchanged(
        asked, by=actor_of(request), language=get_language() or "ja", session=session_of(request),
        browser=draft_cookie.browser_of(request),
    )  # fmt: skip
    if sent is None:
        messages.warning(request, _("まだ届け出ていません。足りない答えがあります。入力して、最後に送ってください。"))
    return _go_on(request, Draft.objects.select_related("submission").get(reconfirmation=asked))


@require_POST
@redirect_to_sign_in
def begin(request: HttpRequest, secret: str) -> HttpResponse:
    """Open the previous answers for editing."""
    link, asked = _asked(request, secret)
    link.use(by=actor_of(request))
    draft = reconfirmations.begin_answer(
        asked, by=actor_of(request), language=get_language() or "ja", session=session_of(request)
    )
    return _go_on(request, draft)
