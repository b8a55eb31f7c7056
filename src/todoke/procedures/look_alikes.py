"""Look-alikes 似た手続: procedures of the inventory whose name is like that of a new row of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from todoke.procedures.codes import normalize_label
from todoke.procedures.duplicates import bigrams, jaccard_similarity, name_likeness
from todoke.procedures.models import Procedure

LEAST = 0.75
"""The least similarity (0 to 1) of two names for a person to decide whether the procedures are the same."""
MOST_COMPARED = 2000
"""Rows of a file whose names are compared letter by letter; in larger files further rows are by equal names only."""


@dataclass(frozen=True)
class LookAlike:
    """似た手続: id and number of a procedure, and how like its name is, in per cent."""

    pk: int
    number: str
    likeness: int


@dataclass(frozen=True)
class _Known:
    pk: int
    number: str
    surveyed: bool
    pairs: frozenset[str]


class LookAlikes:
    """The current procedures by name, read once.

    The survey tells its own procedures apart by their ids: a row with one is compared with local procedures only. The
    name of an own row may also stand whole in a longer one of the survey (住民票の写しの交付).
    """

    def __init__(self) -> None:
        self.by_title: dict[str, list[_Known]] = {}
        self.known: list[_Known] = []
        self.compared = 0
        rows = Procedure.objects.current().order_by("serial")
        for pk, number, title, national_id in rows.values_list("pk", "number", "title", "national_id"):
            each = _Known(pk, number, bool(national_id), bigrams(title))
            self.known.append(each)
            self.by_title.setdefault(normalize_label(title), []).append(each)
        self.local = [each for each in self.known if not each.surveyed]

    def find(self, values: Mapping[str, Any]) -> LookAlike | None:
        """Return the procedure most like the name of a row, or None."""
        title, surveyed = values["title"], bool(values.get("national_id"))
        equal = self.by_title.get(normalize_label(title), [])
        if found := next((each for each in equal if not (surveyed and each.surveyed)), None):
            return LookAlike(found.pk, found.number, 100)
        self.compared += 1
        if self.compared > MOST_COMPARED:
            return None
        wanted, candidates = bigrams(title), self.local if surveyed else self.known
        like = _likeness if surveyed else name_likeness
        likeness, place = max(((like(wanted, each.pairs), -at) for at, each in enumerate(candidates)), default=(0, 0))
        best = candidates[-place] if candidates else None
        return LookAlike(best.pk, best.number, round(likeness * 100)) if best and likeness >= LEAST else None


def _likeness(wanted: frozenset[str], known: frozenset[str]) -> float:
    """Return how like two names of about one length are; the survey's names contain each other often enough."""
    short, long = sorted((len(wanted), len(known)))
    return jaccard_similarity(wanted, known) if short >= LEAST * long else 0.0
