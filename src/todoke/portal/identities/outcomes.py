"""Outcomes 本人確認のあと: what follows once a provider has identified a person, by what was asked of it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext

from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.log import subject_of
from todoke.cases import intake
from todoke.cases.provider_identification import identify_draft
from todoke.federation.models import (
    AuthenticationRequest,
    FederatedSession,
    GroupMapping,
    IdentityProvider,
    LinkedIdentity,
    SeenGroup,
    StaffArrival,
)
from todoke.federation.openid.token_refusals import NotAccepted
from todoke.federation.provider_word import ProviderWord
from todoke.federation.sign_in import refuse
from todoke.guidance.service_summary import service_summary
from todoke.notices.outbox import Recipient, enqueue
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, find_draft, open_case
from todoke.portal.identities.identification_marks import mark_identified, shown_by
from todoke.portal.identities.provider_sessions import may_sign_in, open_session, raise_level, wait_for_account
from todoke.portal.identities.return_targets import path_of
from todoke.runtime.links import absolute, path_to
from todoke.runtime.refusals import Closed, Refused

Outcome = AuthenticationRequest.Outcome
ANOTHER = "本人のものではない認証です"


def answer_to(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> HttpResponse:
    """Do what was asked for, and note how it ended. Raises NotAccepted, Refused."""
    try:
        response = _ANSWERS[asked.purpose](request, asked, word)
    except Refused as refusal:
        if not isinstance(refusal, NotAccepted):
            refuse(asked, str(refusal), by=actor_of(request))
        raise
    asked.end(Outcome.DONE)
    return response


def _back(asked: AuthenticationRequest) -> HttpResponse:
    return redirect(path_of((asked.return_name, asked.return_argument)))


def _sign_in(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> HttpResponse:
    found = LinkedIdentity.of(word)
    if found is None:
        return _without_account(request, word)
    if not may_sign_in(found.user, word):
        raise refuse(asked, "このアカウントには、ログインできません", by=Guest())
    if GroupMapping.takes_away(found.user, word):
        FederatedSession.end_of(word.provider.issuer, subject=word.subject)
        raise refuse(asked, "職位に要るグループがありません", by=found.user)
    open_session(request, found.user, word)
    found.use()
    SeenGroup.keep(found, word)
    return _back(asked)


def _without_account(request: HttpRequest, word: ProviderWord) -> HttpResponse:
    if word.provider.audience == IdentityProvider.Audience.STAFF:
        StaffArrival.note(word)
        return redirect("portal:staff-arrival")
    wait_for_account(request, word)
    return redirect("portal:identity-waiting")


def _link(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> HttpResponse:
    user = _same_person(request, asked)
    link_account(request, user, word)
    return _back(asked)


def link_account(request: HttpRequest, user: User, word: ProviderWord) -> None:
    """Link who was identified to an account, and tell its mailbox. Raises Conflict, NotAllowed."""
    LinkedIdentity.link(user, word, by=user)
    raise_level(request, user, word)
    tell("identity-linked", user, word.provider)


def tell(code: str, user: User, provider: IdentityProvider) -> None:
    """Mail a person that a way to sign in came or went."""
    terms = {"provider": provider.name, "url": absolute("portal:identities")}
    enqueue(code, to=Recipient.of(user), context=terms, about=subject_of(user), by=user)


def _step_up(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> HttpResponse:
    user, found = _same_person(request, asked), LinkedIdentity.of(word)
    if found is None or found.user != user:
        raise refuse(asked, ANOTHER, by=user)
    raise_level(request, user, word)
    found.use()
    log.record(user, "もう一度の本人確認", by=user, after={"認証元": word.provider.name})
    return _back(asked)


def _same_person(request: HttpRequest, asked: AuthenticationRequest) -> User:
    """Return who began this way and is still signed in. Raises NotAccepted."""
    if not isinstance(request.user, User) or request.user.pk != asked.user_id:
        raise refuse(asked, "はじめた人のログインが終わっています", by=actor_of(request))
    return request.user


def _identify(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> HttpResponse:
    if asked.return_name == "start":
        return _begin(request, asked.return_argument, word)
    if asked.return_name == "application":
        draft = find_draft(request, asked.return_argument)
    elif asked.return_name == "case":
        draft = open_case(request, asked.return_argument).submission.draft
    else:
        raise refuse(asked, "どの申請のためか分かりません", by=actor_of(request))
    identify_draft(draft, word, by=actor_of(request))
    mark_identified(request, draft.submission.token, word)
    return _back(asked)


def _begin(request: HttpRequest, number: str, word: ProviderWord) -> HttpResponse:
    """Begin the application for which a guest was identified."""
    offering = service_summary(number)
    if offering is None:
        said = gettext("この手続は、いま受け付けていません。受付の期間を確かめてください。")
        raise Closed(said, link=path_to("portal:procedure", number))
    language = get_language() or "ja"
    draft = intake.begin(offering.release, by=Guest(), language=language, session=shown_by(word), word=word)
    token = draft.submission.token
    mark_identified(request, token, word)
    response = redirect("portal:application", token)
    draft_cookie.add_draft(request, response, token)
    return response


_ANSWERS: dict[str, Callable[[HttpRequest, AuthenticationRequest, ProviderWord], HttpResponse]] = {
    AuthenticationRequest.Purpose.SIGN_IN: _sign_in,
    AuthenticationRequest.Purpose.LINK: _link,
    AuthenticationRequest.Purpose.STEP_UP: _step_up,
    AuthenticationRequest.Purpose.IDENTIFY: _identify,
}
