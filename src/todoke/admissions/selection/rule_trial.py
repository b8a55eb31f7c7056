"""Rule trial 基準の案の試行: a draft is tried on the children of the last round before it is published."""

from collections import Counter
from typing import Any

from todoke.accounts.models import User
from todoke.admissions.models import RuleDraft, SelectionRound
from todoke.admissions.selection.scores import families_of, points_of, rules_tried
from todoke.runtime.refusals import NotYet

LISTED = 50


def try_draft(draft: RuleDraft, *, by: User) -> dict[str, Any]:
    """Try a draft on the children of the scheme's last round: who gains, who loses, rows that nobody met.

    Raises NotYet without a round that has children, NotAllowed, Conflict when the draft is saved meanwhile.
    """
    of = last_round_with_children(draft)
    if of is None:
        raise NotYet("まだ申込児童のいる選考がないため、試せません。")
    families, rules = families_of(of), draft.rules
    differences = rules_tried(of.rule_version, rules, families, of.month.month)
    met = Counter[str]()
    for family in families:
        for points in points_of(rules, family, of.month.month).values():
            met.update({line.row for line in points.lines})
    unmet = [row.label for row in rules.rows() if not met[row.id]]
    gains = sorted((number for number, change in differences.items() if change > 0), key=lambda n: -differences[n])
    losses = sorted((number for number, change in differences.items() if change < 0), key=lambda n: differences[n])
    result = {
        "選考": of.title,
        "児童": sum(len(family.children) for family in families),
        "増える": len(gains),
        "減る": len(losses),
        "増える児童": [[number, differences[number]] for number in gains[:LISTED]],
        "減る児童": [[number, differences[number]] for number in losses[:LISTED]],
        "あてはまらない行": unmet,
    }
    draft.keep_trial(result, by=by)
    return result


def last_round_with_children(draft: RuleDraft) -> SelectionRound | None:
    """Return the scheme's latest round that has children."""
    found: SelectionRound | None = (
        draft.scheme.rounds.filter(children__isnull=False).order_by("-month", "-pk").distinct().first()
    )
    return found
