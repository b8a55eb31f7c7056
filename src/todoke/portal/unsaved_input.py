"""Unsaved input 入力の返却: input that cannot be stored in read-only mode, handed back or stored offline."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from todoke.cases.models import Draft
from todoke.formbuilder.answers.page_form import key_of
from todoke.portal import draft_cookie
from todoke.portal.access import SignInRequired, open_draft

MARK = "typed."
NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "asked", "seen", "go", "later", "back", "told", "to_check", "attach"})
PAGE, SENDING = "application-answers", "submission"


@dataclass(frozen=True)
class UnsavedInput:
    """入力: the submitted fields, with questions and answers in words where known."""

    pairs: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    token: str
    page: str
    sending: bool

    @property
    def can_be_kept(self) -> bool:
        """Whether it belongs to a draft of this browser and can be stored offline."""
        return bool(self.token)


def field_values(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Return the submitted fields as pairs, without passwords and the CSRF token."""
    found = ((name, value) for name, values in data.lists() for value in values)
    return tuple((name, value) for name, value in found if name != "csrfmiddlewaretoken" and "password" not in name)


def read_input(request: HttpRequest, path: str, data: QueryDict) -> UnsavedInput:
    """Return the input of a form that cannot be stored."""
    pairs = field_values(data)
    name, token, page = _target(path)
    draft = _draft(request, token) if token else None
    mine = draft is not None or token in draft_cookie.draft_tokens(request)
    lines = tuple(_words(draft, page, key, value) for key, value in pairs if key not in NOT_ANSWERS and value)
    return UnsavedInput(pairs, lines, token if mine else "", page, name == SENDING)


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
    except (Http404, SignInRequired):
        return None


def _words(draft: Draft | None, page: str, name: str, value: str) -> tuple[str, str]:
    """Return question and answer in the form's words, or the field name and value."""
    spot = key_of(name)
    found = draft.submission.document.by_id.get(spot.question) if draft is not None and page and spot else None
    return (found[2].label, found[2].option_label(value)) if found else (name, value)
