"""Understanding 言い換えの理解: from a person's own sentence to the words that procedures are named with."""

from dataclasses import dataclass

from todoke.compiled_queries import CompiledQuery
from todoke.guidance.models import Wording, spoken


@dataclass(frozen=True)
class Understanding:
    """What was typed, and the words it was understood to mean (言い換え), most telling first."""

    typed: str
    meant: tuple[str, ...]


def translate(typed: str, wordings: list[tuple[str, str]]) -> Understanding:
    """Find known wordings in a sentence, the longest first, no letter counted twice."""
    rest, meant = spoken(typed), list[str]()
    for said, means in sorted(wordings, key=lambda pair: -len(pair[0])):
        if said in rest:
            rest = rest.replace(said, "\n")
            meant.extend(word for word in means.split() if word not in meant)
    return Understanding(typed.strip(), tuple(meant))


def understand(typed: str) -> Understanding:
    """Translate a sentence with the installation's own wordings (one query)."""
    return translate(typed, [(said, means) for said, means in _WORDINGS.rows()])


_WORDINGS = CompiledQuery(lambda: Wording.objects.order_by().values_list("said", "means"))
