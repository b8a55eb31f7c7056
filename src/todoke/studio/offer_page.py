"""オンライン受付のページ: the releases of an offer, and the draft of the next one with its check and its letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from todoke.accounts.models import User
from todoke.cases.letters.letter_data import sample_letter
from todoke.offers.models import LetterText, Offer, Release, ReleaseDraft
from todoke.offers.release_terms import Terms, release_rows, terms_of, version_of
from todoke.offers.terms_comparison import differences_between, said_twice
from todoke.runtime.refusals import Refused
from todoke.studio.forms.release_terms import first_terms


@dataclass(frozen=True)
class SampleLetter:
    """通知書の見本: one kind of letter of a draft, filled in with a sample case."""

    kind: str
    name: str
    letter: Mapping[str, Any]


def draft_of(offer: Offer) -> ReleaseDraft | None:
    """Return the draft of the next release, None before one was saved."""
    return ReleaseDraft.objects.select_related("edited_by", "asked_by", "decided_by").filter(offer=offer).first()


def current_terms(offer: Offer, version: int | None = None) -> dict[str, Any]:
    """Return the terms to go on with: of the draft, of the newest release, or first ones; in a given form version."""
    draft, newest = draft_of(offer), offer.releases.order_by("-number").first()
    if draft is not None and draft.status != ReleaseDraft.Status.PUBLISHED:
        terms = {**draft.terms}
    elif newest is not None:
        terms = terms_of(newest)
    else:
        terms = first_terms(offer, version)
    return {**terms, "form_version": version} if version else terms


def sample_letters(offer: Offer, terms: Terms) -> list[SampleLetter]:
    """Return the letters that some terms make, each with a sample case; none while there is no form version."""
    version = version_of(terms)
    texts = [row for row in release_rows(terms) if isinstance(row, LetterText)] if version else []
    return [
        SampleLetter(
            text.kind,
            LetterText.Kind(text.kind).label,
            sample_letter(text, version.parsed, offer.procedure.title, offer.department),
        )
        for text in texts
        if version
    ]


def letter_sample(offer: Offer, kind: str) -> Mapping[str, Any]:
    """Return one letter of the draft with a sample case. Raises Refused where there is none."""
    found = {sample.kind: sample.letter for sample in sample_letters(offer, current_terms(offer))}
    if kind not in found:
        raise Refused("この通知書の見本は、様式の版を選んで案を保存すると作れます。")
    return found[kind]


def page_of(offer: Offer, user: User) -> dict[str, Any]:
    """Return the template context of an offer's page."""
    releases = list(offer.releases.select_related("form_version__draft", "route", "published_by"))
    in_force = Release.objects.in_force().filter(offer=offer).first()
    draft = draft_of(offer)
    open_draft = draft if draft and draft.status != ReleaseDraft.Status.PUBLISHED else None
    terms = open_draft.terms if open_draft else {}
    return {
        "offer": offer,
        "releases": releases,
        "draft": open_draft,
        "in_force": in_force,
        "problems": open_draft.problems() if open_draft else [],
        "warnings": list(said_twice(terms)),
        "changes": differences_between(terms_of(in_force) if in_force else None, terms) if open_draft else [],
        "letters": sample_letters(offer, terms),
        "manages": offer.can_manage(user),
        "may_decide": bool(open_draft and open_draft.can_decide(user)),
    }
