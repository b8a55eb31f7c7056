"""Access 入室の確かめ: who may open a draft or a case. Unknown and foreign ones get the same response."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.db.models import CharField, DateTimeField, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest
from todoke.accounts.models import User
from todoke.accounts.session_assurance import PASSWORD, SessionAssurance, session_assurance
from todoke.cases.models import Case, CaseMessage, Draft
from todoke.cases.release_upgrade import upgrade_draft
from todoke.cases.required_level import require_level
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.federation.levels import Act
from todoke.notices.link_access import open_link
from todoke.notices.link_purpose import LinkPurpose
from todoke.notices.models import MailedLink
from todoke.offers.models import release_in_force
from todoke.portal import draft_cookie
from todoke.portal.identities.identification_marks import identified_here
from todoke.procedures.models.procedure import all_but_names
from todoke.runtime.client_address import client_key
from todoke.runtime.read_only_mode import read_only

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

View = Callable[..., Any]
GRANT = timedelta(minutes=30)
JUST_SENT = timedelta(minutes=60)


class HasMessages(TypedDict):
    """Annotation of a case: whether it has messages."""

    has_talked: bool


class SignInRequired(Exception):
    """The session expired while the person was filling in; what they typed is kept."""


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in user, or a Guest, as the actor of the request."""
    return request.user if isinstance(request.user, User) else Guest()


def signed_in(request: HttpRequest) -> User:
    """Return the signed-in user of a view behind ``login_required``. Raises Http404."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def require_owner(request: HttpRequest, applicant_id: int | None) -> None:
    """Require the account that something belongs to; without an account the link suffices.

    Raises Http404 for another account, SignInRequired without a session.
    """
    if applicant_id is None or applicant_id == request.user.pk:
        return
    if request.user.is_authenticated:
        raise Http404
    raise SignInRequired


def open_draft(request: HttpRequest, token: str, act: Act) -> Draft:
    """Return a draft for an act on it. Raises Http404, SignInRequired, and LevelTooLow below the level it needs.

    An unfinished draft is first upgraded to the release in force.
    """
    draft = find_draft(request, token)
    if draft.sent_at is None:
        require_level_here(request, draft, act, back=reverse("portal:application", args=[token]))
    return draft


def find_draft(request: HttpRequest, token: str) -> Draft:
    """Return a draft of this person, or of this browser where nobody signed in; upgraded as in ``open_draft``.

    Raises Http404 to everybody else, SignInRequired in the browser in which its owner has signed out.
    """
    draft = _draft(token)
    if draft is None or not _may_open(request, draft):
        raise Http404
    older = getattr(draft, "in_force", None) not in {None, draft.release_id}
    if older and draft.sent_at is None and read_only() is None:
        upgrade_draft(draft, by=actor_of(request))
        draft = _draft(token)
        if draft is None:
            raise Http404
    return draft


def _draft(token: str) -> Draft | None:
    """Return the draft with everything shown about it, in one query."""
    return _DRAFT.first(token=token, now=timezone.now())


def _draft_query() -> QuerySet[Draft]:
    return (
        Draft.objects.select_related("submission__version", "release__offer__procedure", "representation")
        .defer("submission__version__document", *all_but_names("release__offer__procedure"))
        .annotate(in_force=release_in_force("release__offer", Parameter("now", DateTimeField())))
        .filter(submission__token=Parameter("token", CharField()))
        .order_by()[:1]
    )


_DRAFT = CompiledQuery(_draft_query)


def _may_open(request: HttpRequest, draft: Draft) -> bool:
    here = draft_cookie.holds(request, draft)
    if draft.applicant_id is None:
        return here
    if here and not request.user.is_authenticated:
        raise SignInRequired
    return draft.applicant_id == request.user.pk


def session_of(request: HttpRequest, number: str = "", token: str = "") -> SessionAssurance:
    """Return what this session has shown.

    The mailed code of a case counts as a password does, for that case; what a provider said of a guest, for that
    application.
    """
    shown, here = session_assurance(request), identified_here(request, token)
    until = request.session.get("cases", {}).get(number, 0) if number else 0
    if not shown.level and until > time.time():
        shown = SessionAssurance(PASSWORD, datetime.fromtimestamp(until, UTC) - GRANT)
    return shown if here is None else replace(here, weaker=(shown, *shown.weaker))


def require_level_here(request: HttpRequest, of: Draft | Case, act: Act, *, back: str) -> SessionAssurance:
    """Require the level of an act from this session and return what it has shown; ``back`` is where to come back to.

    Raises LevelTooLow.
    """
    number = of.number if isinstance(of, Case) else ""
    session = session_of(request, number, of.submission.token)
    require_level(of, act, by=actor_of(request), session=session, back=back)
    return session


def redirect_to_sign_in(view: View) -> View:
    """Decorator: on SignInRequired, redirect to the sign-in page and back; what was typed is handed back."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except SignInRequired:
            if request.method == "POST":
                return render(request, "portal/required_level/sign_in.html", status=403)
            return redirect_to_login(request.get_full_path())

    return opened


class AccessCodeRequired(Exception):
    """An unknown visitor asks for a case; a receipt number and a mailed code are needed."""


def client_address(request: HttpRequest) -> str:
    """Return the client a request comes from, for rate limits."""
    return client_key(str(request.META.get("REMOTE_ADDR", "")))


def link_of(request: HttpRequest, purpose: LinkPurpose, secret: str) -> MailedLink:
    """Return the live mailed link that a request holds. Raises LinkEnded, and TooOften after many unknown secrets."""
    return open_link(purpose, secret, asker=client_address(request), by=actor_of(request))


def grant_case(request: HttpRequest, number: str) -> None:
    """Grant this session access to a case for 30 minutes, under a new session key."""
    grants = {known: until for known, until in request.session.get("cases", {}).items() if until > time.time()}
    request.session.cycle_key()
    request.session["cases"] = {**grants, number: time.time() + GRANT.total_seconds()}


def open_case(request: HttpRequest, number: str) -> "WithAnnotations[Case, HasMessages]":
    """Return a case to its applicant: by account, by entered code, or in the browser that just sent it.

    Raises AccessCodeRequired.
    """
    case = _CASE.first(number=number)
    if case is None:
        raise AccessCodeRequired
    mine = case.applicant_id is not None and case.applicant_id == request.user.pk
    granted = request.session.get("cases", {}).get(number, 0) > time.time()
    fresh = case.applicant_id is None and timezone.now() - case.recorded_at < JUST_SENT
    if mine or granted or (fresh and _sent_here(request, case.submission.draft)):
        return case
    raise AccessCodeRequired


def _sent_here(request: HttpRequest, draft: Draft) -> bool:
    browser = draft_cookie.browser_of(request)
    return draft.sent_from == browser and not draft.was_left(browser)


def _case_query() -> QuerySet[Any]:
    related = ("release__offer__procedure", "submission__version", "submission__draft", "department", "charge__receipt")
    talked = Exists(CaseMessage.objects.filter(case=OuterRef("pk")))
    unused = ("submission__version__document", *all_but_names("release__offer__procedure"))
    cases = Case.objects.select_related(*related).defer(*unused).annotate(has_talked=talked)
    return cases.filter(number=Parameter("number", CharField())).order_by()[:1]


_CASE: "CompiledQuery[WithAnnotations[Case, HasMessages]]" = CompiledQuery(_case_query)


def redirect_to_access_code(view: View) -> View:
    """Decorator: on AccessCodeRequired, redirect to the page for number and code."""

    @wraps(view)
    def opened(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, number, *args, **kwargs)
        except AccessCodeRequired:
            return redirect(f"{reverse('portal:status')}?{urlencode({'number': number})}")

    return opened
