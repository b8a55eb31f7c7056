"""Vocabulary さがす言葉: the installation's synonyms, plain names and words of referrals, read when one was changed."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Case, CharField, QuerySet, Value, When

from todoke.compiled_queries import CompiledQuery
from todoke.guidance.known_questions import KnownQuestions, known_questions
from todoke.guidance.models import PlainName, Referral, Synonym, VocabularyVersion
from todoke.guidance.plain_names import PlainNames

FACTS = ("place", "phone", "url", "note", "easy", "english", "source")
"""The columns of a referral that a page shows, beside its title and whether it is the municipality's own."""
SYNONYM, PLAIN_NAME, REFERRAL = "synonym", "plain name", "referral"


@dataclass(frozen=True)
class Vocabulary:
    """さがす言葉: ``synonyms`` pair what is said with what it means, ``referrals`` a title with its words.

    ``places`` are the referrals as a page shows them, by their titles.
    """

    synonyms: list[tuple[str, str]]
    names: PlainNames
    referrals: list[tuple[str, str]]
    questions: KnownQuestions
    places: dict[str, tuple[str, ...]]

    def referral(self, title: str) -> Referral:
        """Return a referral as a page shows it, without another query; it is not to be saved."""
        ours, *facts = self.places[title]
        return Referral(title=title, ours=bool(ours), **dict(zip(FACTS, facts, strict=True)))


def known_words() -> Vocabulary:
    """Return all words by which residents find something (one query, and one more when the version is another one)."""
    versions = _VERSION.rows()
    return _of_version(versions[0][0]) if versions else _read()


@lru_cache(maxsize=2)
def _of_version(version: str) -> Vocabulary:
    return _read()


def _read() -> Vocabulary:
    by_kind: dict[str, list[tuple[str, str, str, str, str]]] = {SYNONYM: [], PLAIN_NAME: [], REFERRAL: []}
    places: dict[str, tuple[str, ...]] = {}
    for title, said, easy, english, asked, kind, *facts in _ROWS.rows():
        by_kind[kind].append((title, said, easy, english, asked))
        if kind == REFERRAL:
            places[title] = tuple(facts)
    pairs = {kind: [(row[0], row[1]) for row in by_kind[kind]] for kind in (SYNONYM, REFERRAL)}
    names = [row[:4] for row in by_kind[PLAIN_NAME]]
    asked = (*by_kind[PLAIN_NAME], *((row[0], "", "", "", row[4]) for row in by_kind[REFERRAL]))
    return Vocabulary(pairs[SYNONYM], PlainNames(names), pairs[REFERRAL], known_questions(tuple(sorted(asked))), places)


def _rows() -> QuerySet[Synonym, tuple[str, ...]]:
    none = Value("", CharField())
    synonym, name, referral = (Value(kind, CharField()) for kind in (SYNONYM, PLAIN_NAME, REFERRAL))
    ours, without = Case(When(ours=True, then=Value("1")), default=none), [none] * (1 + len(FACTS))
    said = Synonym.objects.order_by().values_list("said", "means", none, none, none, synonym, *without)
    names = PlainName.objects.order_by().values_list("title", "plain", "easy", "english", "asked", name, *without)
    places = Referral.objects.order_by().values_list("title", "said", none, none, "asked", referral, ours, *FACTS)
    return said.union(names, places, all=True)


_ROWS = CompiledQuery(_rows)
_VERSION = CompiledQuery(lambda: VocabularyVersion.objects.values_list("version"))
