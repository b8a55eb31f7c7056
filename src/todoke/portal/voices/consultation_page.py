"""Consultation page 意見募集の頁: the published result, a page of masked opinions at a time."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from todoke.accounts.rate_limits import RateLimit, hit
from todoke.runtime.refusals import Busy
from todoke.voices.clause_difference import matched_clauses, word_changes
from todoke.voices.consultation_counts import counts_of
from todoke.voices.models import Clause, Consultation, PublicComment
from todoke.voices.response_table import ResponseTable

SHOWN = 30
OPINIONS = RateLimit("意見の送信", 30, 3600)


def public_consultation(number: str) -> Consultation:
    """Return an announced consultation. Raises Http404."""
    rows = Consultation.objects.public().select_related("rule", "department")
    return get_object_or_404(rows, number=number)


def count_opinion(client: str) -> None:
    """Count an opinion of a client. Raises Busy beyond thirty an hour."""
    if not hit(OPINIONS, client):
        raise Busy(
            _("この場所から短い間にたくさんの意見が届いています。一時間ほどたってから、もう一度送ってください。")
        )


def _differences(of: Consultation) -> list[dict[str, Any]]:
    """Return the changed clauses with their words and the answers that asked for them."""
    clauses = Clause.objects.filter(text__consultation=of).select_related("text")
    by_version: dict[int, dict[str, Clause]] = {0: {}, 1: {}}
    for each in clauses:
        by_version[each.text.version][each.key] = each
    reasons: dict[str, list[Any]] = {}
    for change in of.changes.select_related("after", "before", "response__group"):
        reasons.setdefault(change.clause.key, []).append(change)
    old, new = (of.texts.get(version=version).words() for version in (0, 1))
    found = []
    for before, after in matched_clauses(old, new):
        if before and after and before.text == after.text:
            continue
        keys = list(dict.fromkeys(each.key for each in (after, before) if each))
        found.append({
            "clause": by_version[1 if after else 0][keys[0]],
            "kind": "" if before and after else "added" if after else "removed",
            "other_key": keys[1] if len(keys) > 1 else "",
            "words": word_changes(before.text if before else "", after.text if after else ""),
            "reasons": [change for key in keys for change in reasons.get(key, [])],
        })  # fmt: skip
    return found


def result_context(of: Consultation, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result: counts, answers, differences, and a page of the opinions; constant queries."""
    typed = str(data.get("after", ""))
    after = int(typed) if typed.isdecimal() and len(typed) < 18 else 0
    rows = PublicComment.objects.filter(consultation=of, pk__gt=after).counted().exclude(checked_by=None)
    rows = rows.order_by("pk")
    shown = list(rows.prefetch_related("masks")[: SHOWN + 1])
    return {
        "of": of,
        "counts": counts_of(of),
        "groups": ResponseTable(of).groups(),
        "differences": _differences(of),
        "comments": shown[:SHOWN],
        "following": shown[SHOWN - 1].pk if len(shown) > SHOWN else None,
    }
