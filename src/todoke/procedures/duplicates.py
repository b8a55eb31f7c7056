"""Duplicate detection 重複さがし: finds procedures with similar names as candidates; people decide."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.japanese import search_tokens
from todoke.japanese.calendar import today
from todoke.procedures import cell_edits, search
from todoke.procedures.codes import normalize_label
from todoke.procedures.models import DuplicateCandidate, Procedure
from todoke.procedures.permissions import FIND_DUPLICATES
from todoke.runtime.refusals import Conflict, NotAllowed

MIN_SIMILARITY = 0.85
"""The least similarity (0 to 1) of two names under one law to become a candidate."""
LEAST_LIKENESS = 0.5
"""The least similarity (0 to 1) of a name to be shown to somebody who adds a procedure."""
SHORTEST_PART = 3
"""Bigrams of the shortest name that is taken for a part of another."""
MOST_COMPARED = 8000
"""Procedures whose names are compared with a title."""
_ORNAMENT = re.compile(r"[()「」、・,.\[\]-]|について|に関する|に係る|の?(?:申請書?|届出?書?|請求書?)$")
Name = tuple[int, str, str]


def bigrams(of: str) -> frozenset[str]:
    """Return the character bigrams of a normalized name without common suffixes."""
    text = _plain(of)
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _plain(name: str) -> str:
    """Return a normalized name without common suffixes."""
    return _ORNAMENT.sub("", normalize_label(name))


def jaccard_similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets of bigrams, 0 to 1."""
    return len(one & other) / len(one | other) if one | other else 0.0


def similar_pairs(names: Iterable[Name]) -> Iterator[tuple[int, int, int]]:
    """Yield (first id, second id, per cent) for similar names given as (id, title, law). Pure rule.

    Names are compared under one law; equal titles under two laws count as 100 per cent.
    """
    by_law: dict[str, list[tuple[int, frozenset[str]]]] = {}
    by_title: dict[str, list[tuple[int, str]]] = {}
    for pk, title, law in names:
        by_law.setdefault(normalize_label(law), []).append((pk, bigrams(title)))
        by_title.setdefault(normalize_label(title), []).append((pk, normalize_label(law)))
    for block in by_law.values():
        for (one, left), (other, right) in combinations(block, 2):
            if min(len(left), len(right)) >= MIN_SIMILARITY * max(len(left), len(right)):
                share = jaccard_similarity(left, right)
                if share >= MIN_SIMILARITY:
                    yield min(one, other), max(one, other), round(share * 100)
    for twins in by_title.values():
        for (one, law), (other, elsewhere) in combinations(twins, 2):
            if law != elsewhere:
                yield min(one, other), max(one, other), 100


def procedures_like(title: str, *, least: float = LEAST_LIKENESS, most: int = 5) -> list[Procedure]:
    """Return the current procedures whose name or plain name is like a title, the most alike first.

    Compared are the first ``MOST_COMPARED`` that hold one of its rarest tokens.
    """
    tokens = search.rarest(search_tokens.letter_tokens(_plain(title)), MOST_COMPARED)
    if not tokens:
        return []
    wanted, held = bigrams(title), search.any_of((token,) for token in tokens)
    found = list[tuple[float, int]]()
    rows = Procedure.objects.current().filter(search.matches_expression(held)).order_by("pk")
    for pk, *names in rows.values_list("pk", "title", "plain_name")[:MOST_COMPARED]:
        likeness = max(name_likeness(wanted, bigrams(name)) for name in names if name)
        if likeness >= least:
            found.append((-likeness, pk))
    chosen = [pk for _, pk in sorted(found)[:most]]
    known = Procedure.objects.select_related("department").in_bulk(chosen)
    return [known[pk] for pk in chosen]


def name_likeness(wanted: frozenset[str], known: frozenset[str]) -> float:
    """Return how like two names are, 0 to 1; one that stands whole in the other is like it, where it is not short."""
    shorter = min(len(wanted), len(known))
    inside = len(wanted & known) / shorter if shorter >= SHORTEST_PART else 0.0
    return max(jaccard_similarity(wanted, known), inside * 0.9 if inside >= MIN_SIMILARITY else 0.0)


@transaction.atomic
def propose_candidates(*, by: Actor) -> int:
    """重複の候補: create the missing candidates among current procedures; return how many. Raises NotAllowed."""
    if isinstance(by, User) and not FIND_DUPLICATES.held_by(by):
        raise NotAllowed("重複の候補を探せるのは、推進本部です。")
    known = set(DuplicateCandidate.objects.values_list("first_id", "second_id"))
    rows = Procedure.objects.current().order_by("serial").values_list("pk", "title", "law")
    found = {(one, other): share for one, other, share in similar_pairs(rows)}
    fresh = [
        DuplicateCandidate(first_id=one, second_id=other, likeness=share)
        for (one, other), share in found.items()
        if (one, other) not in known
    ]
    DuplicateCandidate.objects.bulk_create(fresh, batch_size=1000)
    log.record("procedures/resemblances", "重複の候補", by=by, after={"件数": len(fresh)})
    return len(fresh)


@transaction.atomic
def save_verdict(pair: DuplicateCandidate, verdict: str, *, by: Actor) -> None:
    """重複の判定: save a verdict; for "same", abolish the procedure with the later number; one audit entry.

    Rows of the abolished procedure stay readable. Raises NotAllowed, and Conflict when it was judged before.
    """
    if isinstance(by, User) and not pair.can_judge(by):
        raise NotAllowed("判定できるのは、両方の手続を直せる人です。")
    judged = {"verdict": DuplicateCandidate.Verdict(verdict), "judged_at": timezone.now(), "judged_by": user_of(by)}
    if not compare_and_set(pair, {"verdict": ""}, **judged):
        raise Conflict("この候補は、もう判定されています。")
    if verdict == DuplicateCandidate.Verdict.SAME:
        reason = f"{pair.first.number} と同じ手続のため"
        cell_edits.update_procedure(pair.second, {"abolished_on": today()}, {}, by=by, reason=reason)
    log.record(pair.first, "重複の判定", by=by, after={"相手": pair.second.number, "判定": verdict})
