"""Vocabulary さがす言葉: the installation's synonyms, plain names and words of referrals, read in one query."""

from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value

from todoke.compiled_queries import CompiledQuery
from todoke.guidance.known_questions import KnownQuestions, known_questions
from todoke.guidance.models import PlainName, Referral, Synonym
from todoke.guidance.plain_names import PlainNames

SYNONYM, PLAIN_NAME, REFERRAL = "synonym", "plain name", "referral"


@dataclass(frozen=True)
class Vocabulary:
    """さがす言葉: ``synonyms`` pair what is said with what it means, ``referrals`` a title with its words."""

    synonyms: list[tuple[str, str]]
    names: PlainNames
    referrals: list[tuple[str, str]]
    questions: KnownQuestions


def known_words() -> Vocabulary:
    """Return all words by which residents find something (one query)."""
    by_kind: dict[str, list[tuple[str, str, str, str, str]]] = {SYNONYM: [], PLAIN_NAME: [], REFERRAL: []}
    for *words, kind in _ROWS.rows():
        by_kind[kind].append(tuple(words))
    pairs = {kind: [(row[0], row[1]) for row in by_kind[kind]] for kind in (SYNONYM, REFERRAL)}
    names = [row[:4] for row in by_kind[PLAIN_NAME]]
    asked = (*by_kind[PLAIN_NAME], *((row[0], "", "", "", row[4]) for row in by_kind[REFERRAL]))
    return Vocabulary(pairs[SYNONYM], PlainNames(names), pairs[REFERRAL], known_questions(tuple(sorted(asked))))


def _rows() -> QuerySet[Synonym, tuple[str, str, str, str, str, str]]:
    none = Value("", CharField())
    synonym, name, referral = (Value(kind, CharField()) for kind in (SYNONYM, PLAIN_NAME, REFERRAL))
    said = Synonym.objects.order_by().values_list("said", "means", none, none, none, synonym)
    names = PlainName.objects.order_by().values_list("title", "plain", "easy", "english", "asked", name)
    places = Referral.objects.order_by().values_list("title", "said", none, none, "asked", referral)
    return said.union(names, places, all=True)


_ROWS = CompiledQuery(_rows)
