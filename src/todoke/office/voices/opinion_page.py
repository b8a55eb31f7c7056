"""Opinion page 意見のまとめの頁: lines of the draft in its order, folded texts once, and the similar ones of a line."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from todoke.office.voices.consultation_access import is_worked_on
from todoke.office.voices.forms.receipts import ClauseForm, CutForm, GroupForm, SummaryForm
from todoke.voices.models import CommentGroup, CommentPoint, ComparisonRun, Consultation
from todoke.voices.similarity import MOST_TEXTS

SHOWN = 50
"""Lines of a page: the single dissent stands beside the many."""
GROUPS = 200
MANY = (
    f"意見が多いので、ほぼ同じ文は全部から、似た意見は同じ段落の中から({MOST_TEXTS:,}件を超える段落では届いた順に"
    f"{MOST_TEXTS:,}件ずつの中から)さがします。"
)


def clause_choices(of: Consultation) -> list[tuple[str, str]]:
    """Return the clauses of the announced draft, and the whole of it."""
    clauses = of.texts.get(version=0).clauses.all()
    return [("", "案の全体"), *((each.key, str(each)) for each in clauses)]


def _after(data: Mapping[str, Any]) -> tuple[str, int]:
    """Return behind which clause and opinion a page begins."""
    clause, _, pk = str(data.get("after", "")).partition("_")
    return (clause, int(pk)) if pk.isdecimal() and len(pk) < 18 else ("", 0)


def opinions_context(of: Consultation, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of the groups shows; a constant number of queries."""
    clause, pk = _after(data)
    loose = of.points.lines().filter(group=None)
    if pk:
        loose = loose.filter(clause=clause, pk__gt=pk) | loose.filter(clause__gt=clause)
    lines = loose.select_related("comment").order_by("clause", "pk").with_copies(SHOWN + 1)
    shown = lines[:SHOWN]
    names = dict(clause_choices(of))
    groups = (
        of.groups.select_related("response").annotate(number=Count("points")).order_by("clause", "position")[:GROUPS]
    )
    last = shown[-1] if shown else None
    return {
        "of": of,
        "lines": [(each, names.get(each.clause, "案の全体")) for each in shown],
        "groups": [(each, names.get(each.clause, "案の全体")) for each in groups],
        "following": f"{last.clause}_{last.pk}" if last and len(lines) > SHOWN else "",
        "run": ComparisonRun.objects.filter(consultation=of).first(),
        "many": MANY if of.points.count() > MOST_TEXTS else "",
        "open": is_worked_on(of),
    }


def group_context(group: CommentGroup, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of a group shows; a constant number of queries."""
    of, (_, after) = group.consultation, _after({"after": f"_{data.get('after', '')}"})
    rows = group.points.lines().filter(pk__gt=after).select_related("comment").order_by("pk")
    lines = rows.with_copies(SHOWN + 1)
    return {
        "of": of,
        "group": group,
        "clause": dict(clause_choices(of)).get(group.clause, "案の全体"),
        "number": group.points.counted().count(),
        "lines": lines[:SHOWN],
        "following": lines[SHOWN - 1].pk if len(lines) > SHOWN else "",
        "summary_form": SummaryForm(initial={"summary": group.summary, "seen": group.summary}),
        "open": is_worked_on(of),
    }


def opinion_context(point: CommentPoint) -> dict[str, Any]:
    """Return what the page of an opinion shows."""
    of = point.consultation
    similar = point.similar.select_related("other__comment", "other__group")
    loose = of.points.lines().filter(group=None).exclude(pk=point.pk).order_by("clause", "pk")
    clauses = clause_choices(of)
    return {
        "of": of,
        "point": point,
        "clause": dict(clauses).get(point.clause, "案の全体"),
        "similar": list(similar),
        "copies": point.folded.count(),
        "following": loose.first(),
        "before": point.comment.text[: point.start],
        "behind": point.comment.text[point.end :],
        "group_form": GroupForm(of=of, point=point),
        "cut_form": CutForm(clauses=clauses, auto_id="id_cut_%s"),
        "clause_form": ClauseForm(clauses=clauses, initial={"clause": point.clause}),
        "open": is_worked_on(of),
    }
