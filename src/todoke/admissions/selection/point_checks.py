"""Point checks 点数の点検: counted twice and equal, rows that met nobody or jumped, recounts by hand."""

import hashlib
import hmac
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from todoke.admissions.models import ApplicantChild, PlacementRun
from todoke.admissions.points.evaluator import UNKNOWN
from todoke.admissions.points.rule_document import FacilityRow, PointRow
from todoke.admissions.selection.round_input import OpenPoint, RoundInput
from todoke.admissions.selection.scores import Counted, mismatches, row_hits, stored_score

SHARE = Fraction(3, 100)
"""Of all children, so many are recounted by hand."""
JUMP, JUMP_ABOVE = 2, 5
"""A row jumps when it counts twice as often as last year or half as often, and for more than five children."""


def counted_differently(on: RoundInput) -> Iterator[OpenPoint]:
    """点数: children whose stored points are missing or old, or whom the two programs count differently."""
    for each in mismatches(on.round, on.families):
        stored = f"記録 {_words(each.stored)}" if each.stored else "まだ計算していません"
        rows = (stored, f"計算 {_words(each.computed)}", f"二つ目の計算 {_words(each.recounted)}")
        said = f"{on.named(each.child)}の点数が一致しません。点数を計算し直し、それでも違えば基準を確かめてください。"
        yield OpenPoint("points", each.child.number, said, rows, signable=False, place="children")


def _words(counted: Counted) -> str:
    bonus = "、".join(f"施設{facility}で+{points}点" for facility, points in sorted(counted.bonus.items()))
    return f"{counted.points}点({bonus})" if bonus else f"{counted.points}点"


def rows_met_by_nobody(on: RoundInput) -> Iterator[OpenPoint]:
    """行ごとの人数: rows of the rules that count for nobody, for the first time, or for far more or fewer."""
    hits = row_hits(on.round)
    before = row_hits(on.round.last_year) if on.round.last_year else {}
    rules = on.round.rule_version.rules
    rows: list[PointRow | FacilityRow] = [*rules.rows(), *rules.facility_rows]
    for row in rows:
        now, then = hits.get(row.id, 0), before.get(row.id, 0)
        numbers = f"ことし {now}人" + (f"、前年 {then}人" if before else "(前年の記録はありません)")
        if now == 0:
            said = f"基準の行「{row.label}」に、だれもあてはまっていません。入れ忘れがないか確かめてください。"
        elif before and then == 0:
            said = f"基準の行「{row.label}」は、ことしはじめて使われます。数人を手で確かめてください。"
        elif before and max(now, then) > JUMP_ABOVE and (now >= then * JUMP or then >= now * JUMP):
            said = f"基準の行「{row.label}」にあてはまる人数が、前年と大きく違います。"
        else:
            continue
        yield OpenPoint("row", row.id, said, (numbers,), place="children")


def drawn_for_recount(on: RoundInput) -> list[ApplicantChild]:
    """Return the children whom a person recounts: three in a hundred by lot, and those next to a last seat."""
    key = on.round.seed_hash.encode()
    lot = sorted(on.children, key=lambda child: hmac.new(key, child.number.encode(), hashlib.sha256).digest())
    drawn = {child.number for child in lot[: ceil(len(lot) * SHARE)]} | _at_the_edge(on)
    return [child for child in on.children if child.number in drawn]


def _at_the_edge(on: RoundInput) -> set[str]:
    """Children at a last seat, and next to one, in the newest trial."""
    run = on.round.runs.filter(kind=PlacementRun.Kind.TRIAL, status="done").order_by("-number").first()
    return set(run.figures.get("edge", ())) if run else set()


def not_recounted(on: RoundInput) -> Iterator[OpenPoint]:
    """手計算: drawn children without a recount by hand, or with another result."""
    counted = {each.child_id: each for each in on.round.recounts.order_by("pk")}
    for child in drawn_for_recount(on):
        found, score = counted.get(child.pk), stored_score(child)
        if found is None:
            said = f"{on.named(child)}の点数を、人が書類から計算してください(抽出した児童と、最後の席の前後の児童)。"
            yield OpenPoint("recount", child.number, said, place="recounts")
        elif score is not None and found.points != score.total:
            said = f"{on.named(child)}の手計算が、計算した点数と違います。"
            rows = (f"手計算 {found.points}点({found.counted_by})", f"計算 {score.total}点")
            yield OpenPoint("recount", child.number, said, rows, signable=False, place="recounts")


def ties_unknown(on: RoundInput) -> Iterator[OpenPoint]:
    """同点のときの事実: what a tie compares and nobody has entered, such as an income."""
    ties = [tie for tie in on.round.rule_version.rules.ties if not tie.uses_wish_rank]
    for at, tie in enumerate(ties):
        missing = [
            child
            for child in on.children
            if (score := stored_score(child)) and len(score.ties) > at and score.ties[at] == UNKNOWN
        ]
        if missing:
            said = f"同点のときに比べる「{tie.label}」が入っていない児童がいます。このままでは最後の順になります。"
            yield OpenPoint("tie", tie.id, said, tuple(map(on.named, missing)), place="children")


POINT_CHECKS = (counted_differently, rows_met_by_nobody, not_recounted, ties_unknown)
