"""Unsaved input 入力の返却: input that cannot be stored in read-only mode, handed back or stored offline."""

import re
import unicodedata
from dataclasses import dataclass

from django.core import signing
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from stdnum.jp import in_

from todoke.cases.models import Draft
from todoke.formbuilder.answers.page_form import key_of
from todoke.formbuilder.document.answer_parts import parts_of
from todoke.formbuilder.document.structure import QuestionKind
from todoke.portal import draft_cookie
from todoke.portal.access import SignInRequired, find_draft
from todoke.web.same_origin import is_same_origin

MARK = "typed."
TYPIST = "typed-by"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", TYPIST})
MOST_LETTERS = 200_000
NOT_ANSWERS = frozenset(
    {"csrfmiddlewaretoken", "asked", "seen", "go", "later", "back", "told", "to_check", "attach", "look_up", "view"}
)
PAGES_OWN = frozenset({"next", "token", "version", "edition", "number", "view", "sort", "after", "before", MARK})
DATE_PARTS = {"era": "元号", "year": "年", "month": "月", "day": "日"}
TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
PAGE, SENDING = "application-answers", "submission"


@dataclass(frozen=True)
class UnsavedInput:
    """入力: the submitted fields, with questions and answers in words where known."""

    pairs: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    token: str
    page: str
    sending: bool
    has_my_number: bool = False

    @property
    def is_owned(self) -> bool:
        """Whether it belongs to a draft that this person may save."""
        return bool(self.token)

    @property
    def can_be_kept(self) -> bool:
        """Whether it can be stored offline: this person may save the draft, and no My Number is in it."""
        return self.is_owned and not self.has_my_number


def field_values(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Return the submitted fields as pairs, without passwords and the CSRF token."""
    found = ((name, value) for name, values in data.lists() for value in values)
    return tuple((name, value) for name, value in found if name not in NOT_TYPED and "password" not in name)


def returned_input(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return what was typed on a page of ours, to be handed back; nothing of the sign-in, nothing too long."""
    if request.path_info.startswith("/accounts/") or not is_same_origin(request):
        return ()
    pairs = field_values(request.POST)
    return pairs if sum(len(value) for _, value in pairs) <= MOST_LETTERS else ()


def typist_mark(person: int | None) -> str:
    """Return the signed number of the person who typed, to be carried along with what was typed; empty for unknown."""
    return signing.dumps(person, salt=TYPIST) if person else ""


def typist_of(data: QueryDict) -> int | None:
    """Return the number of the person who typed what comes back, None where it is unknown or forged."""
    try:
        return int(signing.loads(data.get(TYPIST, ""), salt=TYPIST))
    except signing.BadSignature:
        return None


def read_input(request: HttpRequest, path: str, data: QueryDict) -> UnsavedInput:
    """Return the input of a form that cannot be stored."""
    pairs = field_values(data)
    name, token, page = _target(path)
    draft = _draft(request, token) if token else None
    asked = draft or _begun_here(request, token)
    lines = _lines(asked, page, pairs)
    kept = token if draft is not None else ""
    return UnsavedInput(pairs, lines, kept, page, name == SENDING, _has_my_number(draft, pairs))


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
        return find_draft(request, token)
    except (Http404, SignInRequired):
        return None


def _has_my_number(draft: Draft | None, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether a question for a My Number is answered, or twelve digits that can be one stand in any other answer."""
    known = draft.submission.document.by_id if draft is not None else {}
    for name, value in pairs:
        spot = key_of(name)
        found = known.get(spot.question) if spot else None
        if value and found and found[2].kind is QuestionKind.MY_NUMBER:
            return True
        plain = re.sub(r"[\s\-‐−ー―]", "", unicodedata.normalize("NFKC", value))
        if any(in_.is_valid(digits) for digits in TWELVE_DIGITS.findall(plain)):
            return True
    return False


def _begun_here(request: HttpRequest, token: str) -> Draft | None:
    """Return the draft that this browser began, for the words of its form only: its answers are its owner's."""
    if token not in draft_cookie.draft_tokens(request):
        return None
    found = Draft.objects.select_related("submission__version").filter(submission__token=token).first()
    return found if found is not None and draft_cookie.holds(request, found) else None


def _lines(draft: Draft | None, page: str, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return what was typed in the form's words; on other pages each input by its place, never by its name."""
    typed = [(name, value) for name, value in pairs if name not in NOT_ANSWERS and value]
    if draft is not None and page:
        return tuple(words for name, value in typed if (words := _words(draft, name, value)))
    texts = [value for name, value in typed if not _is_technical(name)]
    return tuple((_("入力欄%(place)s") % {"place": place}, value) for place, value in enumerate(texts, 1))


def _is_technical(name: str) -> bool:
    """Whether an input belongs to the page and not to the person: an edition, a token, the next page."""
    return name in PAGES_OWN or name.startswith("form__")


def _words(draft: Draft, name: str, value: str) -> tuple[str, str] | None:
    """Return question, with row and part, and answer in the form's words; None for what is no question."""
    spot, part = key_of(name), name.partition("__")[2]
    found = draft.submission.document.by_id.get(spot.question) if spot else None
    if spot is None or found is None:
        return None
    group, question = found[1], found[2]
    several = f"({spot.row})" if group.repeat else ""
    label = parts_of(question).get(part, "") or DATE_PARTS.get(part, "")
    label = f" {_(label)}" if label else ""
    return f"{question.label}{several}{label}", question.option_label(value)
