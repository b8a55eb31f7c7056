"""Duplicates 重複さがし: procedures whose names are alike are proposed to people; nothing is merged by itself."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.organization.permissions import has_role
from todoke.procedures import cell_edits
from todoke.procedures.codes import plain
from todoke.procedures.models import Procedure, Resemblance
from todoke.runtime.refusals import Conflict, NotAllowed

ALIKE = 0.85
"""From which likeness on two names under one law are proposed."""
_ORNAMENT = re.compile(r"[()「」、・,.\[\]-]|について|に関する|に係る|の?(?:申請書?|届出?書?|請求書?)$")
Name = tuple[int, str, str]


def pairs(of: str) -> frozenset[str]:
    """The pairs of letters of a name without its ornaments."""
    text = _ORNAMENT.sub("", plain(of))
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two names are: shared pairs of letters among all (0 to 1)."""
    return len(one & other) / len(one | other) if one | other else 0.0


def alike(names: Iterable[Name]) -> Iterator[tuple[int, int, int]]:
    """Yield (first, second, per cent) for names (id, title, law) that may mean one procedure; pure rule.

    Names are compared under one law; a name that stands word for word under two laws is proposed as well.
    """
    by_law: dict[str, list[tuple[int, frozenset[str]]]] = {}
    by_title: dict[str, list[tuple[int, str]]] = {}
    for pk, title, law in names:
        by_law.setdefault(plain(law), []).append((pk, pairs(title)))
        by_title.setdefault(plain(title), []).append((pk, plain(law)))
    for block in by_law.values():
        for (one, left), (other, right) in combinations(block, 2):
            if min(len(left), len(right)) >= ALIKE * max(len(left), len(right)):
                share = likeness(left, right)
                if share >= ALIKE:
                    yield min(one, other), max(one, other), round(share * 100)
    for twins in by_title.values():
        for (one, law), (other, elsewhere) in combinations(twins, 2):
            if law != elsewhere:
                yield min(one, other), max(one, other), 100


@transaction.atomic
def propose(*, by: Actor) -> int:
    """Propose what may be the same; what people judged stays judged. Return how many are new. Raises NotAllowed."""
    if isinstance(by, User) and not has_role(by, Post.Role.HEADQUARTERS):
        raise NotAllowed("重複の候補を探せるのは、推進本部です。")
    known = set(Resemblance.objects.values_list("first_id", "second_id"))
    rows = Procedure.objects.current().order_by("serial").values_list("pk", "title", "law")
    found = {(one, other): share for one, other, share in alike(rows)}
    fresh = [
        Resemblance(first_id=one, second_id=other, likeness=share)
        for (one, other), share in found.items()
        if (one, other) not in known
    ]
    Resemblance.objects.bulk_create(fresh, batch_size=1000)
    log.record("procedures/resemblances", "重複の候補", by=by, after={"件数": len(fresh)})
    return len(fresh)


@transaction.atomic
def judge(pair: Resemblance, verdict: str, *, by: Actor) -> None:
    """Say that two procedures are different, or the same: then the later number is abolished (重複の判定).

    What the later one holds stays where it is and can be read. Raises NotAllowed and Conflict.
    """
    if isinstance(by, User) and not pair.can_judge(by):
        raise NotAllowed("判定できるのは、両方の手続を直せる人です。")
    judged = {"verdict": Resemblance.Verdict(verdict), "judged_at": timezone.now(), "judged_by": user_of(by)}
    if not compare_and_set(pair, {"verdict": ""}, **judged):
        raise Conflict("この候補は、もう判定されています。")
    if verdict == Resemblance.Verdict.SAME:
        reason = f"{pair.first.number} と同じ手続のため"
        cell_edits.revise(pair.second, {"abolished_on": today()}, {}, by=by, reason=reason)
    log.record(pair.first, "重複の判定", by=by, after={"相手": pair.second.number, "判定": verdict})
