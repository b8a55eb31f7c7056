"""Release terms 公開版の条件: the terms of a release as plain data, as rows, and as their defects.

Keys: ``form_version`` and ``route`` (ids), the other fields of a release, ``fees`` and ``exemptions`` (lists of the
fields of their rows), and ``letter`` (title, opening, appeal, quoted), which holds for all three decisions.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from todoke.formbuilder.models import FormVersion
from todoke.offers.models.offer import Offer
from todoke.offers.models.release import Release
from todoke.offers.models.release_rows import FeeExemption, FeeLine, LetterText, ReleaseRow

Terms = Mapping[str, Any]
FIELDS = (
    "standard_days", "matter", "identity", "without_card", "without_card_channel", "delivery", "minutes", "notes",
)  # fmt: skip
FEE_FIELDS = (
    "label", "amount", "revenue_code", "unit_question", "when_question", "when_value", "rows_of", "second_percent",
    "third_percent",
)  # fmt: skip
EXEMPTION_FIELDS = ("label", "percent", "when_question", "when_value")
REFUSAL_TITLE = "却下通知書"


class TermsProblem(NamedTuple):
    """公開できない理由: the part of the terms, and what to change in words."""

    part: str
    words: str


def terms_of(release: Release) -> dict[str, Any]:
    """Return the terms of a release, as the beginning of the next one; notes on what changed begin empty."""
    letters = {letter.kind: letter for letter in release.letters.all()}
    text = letters.get(LetterText.Kind.REFUSE) or letters.get(LetterText.Kind.GRANT)
    titled = letters.get(LetterText.Kind.GRANT) or text
    return {
        "form_version": release.form_version_id,
        "route": release.route_id,
        **{name: getattr(release, name) for name in FIELDS},
        "notes": "",
        "fees": [{name: getattr(line, name) for name in FEE_FIELDS} for line in release.fees.all()],
        "exemptions": [{name: getattr(rule, name) for name in EXEMPTION_FIELDS} for rule in release.exemptions.all()],
        "letter": {
            "title": titled.title if titled else "",
            "opening": text.opening if text else "",
            "appeal": text.appeal if text else "",
            "quoted": list(titled.quoted) if titled else [],
        },
    }


def release_fields(terms: Terms) -> dict[str, Any]:
    """Return the fields of the release that these terms make."""
    own = {name: terms[name] for name in FIELDS if name in terms}
    return {"form_version_id": terms.get("form_version"), "route_id": terms.get("route"), **own}


def release_rows(terms: Terms) -> list[ReleaseRow]:
    """Return the fee, exemption and letter rows that these terms make, not saved."""
    letter, kinds = terms.get("letter", {}), LetterText.Kind
    letters = [
        LetterText(
            kind=kind,
            title=letter.get("title", "") if kind != kinds.REFUSE else REFUSAL_TITLE,
            opening=letter.get("opening", ""),
            appeal="" if kind == kinds.GRANT else letter.get("appeal", ""),
            quoted=list(letter.get("quoted", [])),
        )
        for kind in (kinds.GRANT, kinds.PARTLY, kinds.REFUSE)
    ]
    fees = [FeeLine(**fee) for fee in terms.get("fees", [])]
    return [*letters, *fees, *(FeeExemption(**rule) for rule in terms.get("exemptions", []))]


def version_of(terms: Terms) -> FormVersion | None:
    """Return the form version that the terms name, None where there is none."""
    return FormVersion.objects.select_related("draft").filter(pk=terms.get("form_version") or 0).first()


def problems_of(offer: Offer, terms: Terms) -> list[TermsProblem]:
    """Return everything that keeps the terms from being published; an empty list means that they may be."""
    if not terms:
        return [TermsProblem("全体", "条件をまだ保存していません。")]
    if version_of(terms) is None:
        return [TermsProblem("様式", "公開した様式の版を選んでください。")]
    release = Release(offer=offer, number=1, **release_fields(terms))
    found = list(_defects(release, "条件", {"number", "effective_at", "published_by"}))
    for row in release_rows(terms):
        row.release = release
        found += _defects(row, str(row._meta.verbose_name), {"release"})
    return list(dict.fromkeys(found))


def _defects(row: Release | ReleaseRow, part: str, without: set[str]) -> Iterator[TermsProblem]:
    try:
        row.full_clean(exclude=without, validate_unique=False)
    except ValidationError as defects:
        for name, said in defects.message_dict.items():
            label = "" if name == "__all__" else str(getattr(row._meta.get_field(name), "verbose_name", ""))
            for words in said:
                yield TermsProblem(label or part, words)
