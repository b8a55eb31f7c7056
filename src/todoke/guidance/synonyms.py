"""Synonyms 言い換えの理解: from everyday sentences to the words in procedure titles."""

from dataclasses import dataclass

from todoke.compiled_queries import CompiledQuery
from todoke.guidance.models import Synonym, search_key


@dataclass(frozen=True)
class Interpretation:
    """The input, and the words it was interpreted as (言い換え), most specific first."""

    typed: str
    meant: tuple[str, ...]


def translate(typed: str, wordings: list[tuple[str, str]]) -> Interpretation:
    """Replace known synonyms in a sentence, longest first, without overlap."""
    rest, meant = search_key(typed), list[str]()
    for said, means in sorted(wordings, key=lambda pair: -len(pair[0])):
        if said in rest:
            rest = rest.replace(said, "\n")
            meant.extend(word for word in means.split() if word not in meant)
    return Interpretation(typed.strip(), tuple(meant))


def interpret(typed: str) -> Interpretation:
    """Translate a sentence with the installation's synonyms (one query)."""
    return translate(typed, [(said, means) for said, means in _SYNONYMS.rows()])


_SYNONYMS = CompiledQuery(lambda: Synonym.objects.order_by().values_list("said", "means"))
