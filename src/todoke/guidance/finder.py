"""Finder 手続さがし: search of procedures by everyday words or by life event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, TextField
from django.utils import timezone

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.guidance import relevance
from todoke.guidance.models import LifeEvent, Referral
from todoke.guidance.plain_names import PlainNames
from todoke.guidance.relevance import Concept
from todoke.guidance.synonyms import Interpretation, said_pattern, senses_of, translate, typed_key
from todoke.guidance.vocabulary import Vocabulary, known_words
from todoke.japanese.search_tokens import READING, letter_tokens
from todoke.offers.models import Offer
from todoke.procedures import search
from todoke.procedures.codes import AUTHORITIES, Party
from todoke.procedures.models import Procedure

PAGE = 20
ONLINE = 0.05
"""What it adds to the order of a hit that it can be applied for online."""
PEOPLE, BUSINESS, AUTHORITY = "people", "business", "authority"
AUDIENCES = (PEOPLE, BUSINESS, AUTHORITY)


@dataclass(frozen=True)
class FoundProcedure:
    """見つかった手続: what the list shows of one; ``called`` is its name in the language of the page, or ""."""

    number: str
    title: str
    fee: str
    actor: str
    count: int | None
    department: str
    online: bool
    called: str
    texts: tuple[str, ...]
    """Everything by which it is found: title, plain names, and the words that its department gave it."""

    @property
    def audiences(self) -> tuple[str, ...]:
        """Return whose procedure it is; what can be applied for online or is of the municipality is for residents."""
        if self.actor in AUTHORITIES and not self.online:
            return (AUTHORITY,)
        if self.actor == Party.BUSINESS and not self.online:
            return (BUSINESS,)
        return (PEOPLE,) if self.actor == Party.PEOPLE else (PEOPLE, BUSINESS)


@dataclass(frozen=True)
class SearchResult:
    """さがした結果: the input, its interpretation, where else to go, and one page of procedures.

    ``counts`` are the hits by audience; ``unknown`` is what was typed and stands in no title.
    """

    typed: str
    meant: tuple[str, ...]
    event: LifeEvent | None
    procedures: Sequence[FoundProcedure]
    page: int
    audience: str = PEOPLE
    counts: Mapping[str, int] | None = None
    unknown: tuple[str, ...] = ()
    referrals: Sequence[Referral] = ()

    @property
    def count(self) -> int:
        return (self.counts or {}).get(self.audience, 0)

    @property
    def more(self) -> bool:
        return self.page * PAGE < self.count

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1

    @property
    def others(self) -> list[tuple[str, int]]:
        """Return the other audiences that have hits, with their number."""
        return [(each, n) for each, n in (self.counts or {}).items() if n and each != self.audience]


def find_procedures(typed: str, *, event: LifeEvent | None = None, audience: str = "", page: int = 1) -> SearchResult:
    """Search procedures; without words and event return those that can be applied for online.

    Without an ``audience`` the hits are those for residents, or for businesses where residents have none.
    """
    known = known_words()
    names, understanding = known.names, translate(typed, known.synonyms)
    concepts = understanding.concepts
    if event and not concepts:
        concepts = (Concept(event.title, senses_of(event.words.split()), known_wording=True),)
    meant = known.questions.meant(understanding.typed)
    by_audience, unknown = _hits(concepts, names, meant) if concepts or meant else ({PEOPLE: _online_now(names)}, ())
    if audience not in AUDIENCES:
        audience = BUSINESS if not by_audience.get(PEOPLE) and by_audience.get(BUSINESS) else PEOPLE
    return SearchResult(
        understanding.typed,
        understanding.meant,
        event,
        by_audience.get(audience, [])[(page - 1) * PAGE : page * PAGE],
        page,
        audience,
        {each: len(found) for each, found in by_audience.items()},
        unknown,
        _referrals(understanding, known, meant),
    )


def _hits(
    concepts: Sequence[Concept], names: PlainNames, meant: Mapping[str, float]
) -> tuple[dict[str, list[FoundProcedure]], tuple[str, ...]]:
    """Return what fits by audience, best first, and the concepts that stand in no title.

    ``meant`` are titles by the ways people ask, best first, with the part of the sentence that each knows.
    """
    named = [title for title in names.titles() if title in meant or relevance.fits_any(concepts, names.texts(title))]
    tokens = [_tokens(sense) for concept in concepts for sense in concept.senses]
    filed = search.any_of([*tokens, *(letter_tokens(title) for title in named)])
    rows = _found(_CANDIDATES.rows(expression=filed, now=timezone.now()), names) if filed else []
    fits = {row: [relevance.fit(concept, row.texts) for concept in concepts] for row in rows}
    known = relevance.known(concepts, list(fits.values()))
    unknown = tuple(concept.typed for concept, found in zip(concepts, known, strict=True) if not found)
    return {each: _ranked(concepts, fits, each, meant) for each in AUDIENCES}, unknown


def _ranked(
    concepts: Sequence[Concept],
    fits: Mapping[FoundProcedure, Sequence[relevance.Fit]],
    audience: str,
    meant: Mapping[str, float],
) -> list[FoundProcedure]:
    """Return the hits of one audience, best first."""
    rows = [row for row in fits if audience in row.audiences]
    extras = [relevance.demand(row.count) + ONLINE * row.online for row in rows]
    by_words = [rows[place] for place in relevance.order(concepts, [fits[row] for row in rows], extras)]
    asked = sorted((row for row in rows if row.title in meant), key=lambda row: list(meant).index(row.title))
    return relevance.merged(by_words, asked, max(meant.values(), default=0.0))


def _tokens(sense: relevance.Sense) -> tuple[str, ...]:
    if sense.reading:
        return (f"{READING}{sense.parts[0]}*",)
    return tuple(token for part in sense.parts for token in letter_tokens(part))


def _online_now(names: PlainNames) -> list[FoundProcedure]:
    return _found(_ONLINE.rows(now=timezone.now()), names)


def _found(rows: Iterable[tuple[Any, ...]], names: PlainNames) -> list[FoundProcedure]:
    return [
        FoundProcedure(
            number, title, fee, actor, count, department or "", bool(online), names.called(title, plain),
            tuple(text for text in (*names.texts(title), plain, *words.split()) if text),
        )
        for number, title, plain, words, fee, actor, count, department, online in rows
    ]  # fmt: skip


def _referrals(understanding: Interpretation, known: Vocabulary, meant: Mapping[str, float]) -> list[Referral]:
    """Return the referrals with a word that was typed, the longest word first, then those asked for in other words."""
    if not understanding.typed:
        return []
    typed = typed_key(understanding.typed)
    lengths = {
        title: max((len(said) for said in words.split("、") if said_pattern(said).search(typed)), default=0)
        for title, words in known.referrals
    }
    said = [title for title in sorted(lengths, key=lambda title: (-lengths[title], title)) if lengths[title]]
    titles = list(dict.fromkeys([*said, *(title for title in meant if title in lengths)]))[:3]
    return [known.referral(title) for title in titles]


def _online(now: datetime | Parameter) -> Exists:
    """Whether an offer of the procedure is open now."""
    return Exists(Offer.objects.open(now).filter(procedure=OuterRef("pk")))


def _listed() -> QuerySet[Procedure, tuple[Any, ...]]:
    shown = Procedure.objects.current().annotate(online=_online(Parameter("now", DateTimeField())))
    return shown.values_list(
        "number", "title", "plain_name", "search_words", "fee", "actor", "total_count", "department__name", "online"
    )


_CANDIDATES = CompiledQuery(
    lambda: _listed().filter(search.matches_expression(Parameter("expression", TextField()))).order_by("serial")
)
_ONLINE = CompiledQuery(
    lambda: _listed().filter(_online(Parameter("now", DateTimeField()))).order_by("title", "serial")
)
