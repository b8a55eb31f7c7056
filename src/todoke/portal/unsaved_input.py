"""What was typed 入力の返却: while nothing can be written, a page of answers is handed back, or taken into keeping."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from todoke.cases.models import Draft
from todoke.formbuilder.answers.page_form import spot_of
from todoke.portal import draft_cookie
from todoke.portal.access import SignInAgain, open_draft

MARK = "typed."
NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "asked", "seen", "go", "later", "back", "told", "to_check", "attach"})
PAGE, SENDING = "application-answers", "submission"


@dataclass(frozen=True)
class Typed:
    """入力: what somebody typed, with the words of the questions where they can be read."""

    pairs: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    token: str
    page: str
    sending: bool

    @property
    def can_be_kept(self) -> bool:
        return bool(self.token)


def pairs_of(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Return what was typed, name by name; passwords and the token of the form are nobody's answers."""
    found = ((name, value) for name, values in data.lists() for value in values)
    return tuple((name, value) for name, value in found if name != "csrfmiddlewaretoken" and "password" not in name)


def typed(request: HttpRequest, path: str, data: QueryDict) -> Typed:
    """Read a form that could not be taken, for the person who sent it."""
    pairs = pairs_of(data)
    name, token, page = _target(path)
    draft = _draft(request, token) if token else None
    mine = draft is not None or token in draft_cookie.held(request)
    lines = tuple(_words(draft, page, key, value) for key, value in pairs if key not in NOT_ANSWERS and value)
    return Typed(pairs, lines, token if mine else "", page, name == SENDING)


def _target(path: str) -> tuple[str, str, str]:
    try:
        match = resolve(path)
    except Resolver404:
        return "", "", ""
    if match.app_name != "portal" or match.url_name not in {PAGE, SENDING}:
        return "", "", ""
    return str(match.url_name), str(match.kwargs["token"]), str(match.kwargs.get("page_id", ""))


def _draft(request: HttpRequest, token: str) -> Draft | None:
    try:
        return open_draft(request, token, writing=True)
    except (Http404, SignInAgain):
        return None


def _words(draft: Draft | None, page: str, name: str, value: str) -> tuple[str, str]:
    """Return question and answer in the form's own words, or the input's name and the value as they are."""
    spot = spot_of(name)
    found = draft.submission.document.by_id.get(spot.question) if draft is not None and page and spot else None
    return (found[2].label, found[2].option_label(value)) if found else (name, value)
