"""Family reasons 理由: why a wish was not met, in a family's own terms; never another child's datum.

The explanations of a run name other children. What is kept of them for a family is here: its own points, and the lowest
points of a pool only where as many are seated as the rule version says. The words are made in the reader's language.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from todoke.admissions.models import ApplicantChild, ChildcareFacility, SelectionRound
from todoke.admissions.points.rule_document import RuleDocument

Reason = dict[str, Any]


@dataclass(frozen=True)
class Seated:
    """決まった児童の点数: how many a pool seats anew, and the lowest points among them."""

    count: int
    lowest: Fraction


def points_at(child: ApplicantChild, facility: str) -> Fraction:
    """Return the points that count for a child at a facility."""
    return child.score.compared + int(child.score.bonus.get(facility, 0))


def points_words(points: Fraction) -> str:
    """Return points as people read them: 41, or 100と3分の2."""
    whole, rest = divmod(points.numerator, points.denominator)
    return f"{whole}と{points.denominator}分の{rest}" if rest else str(whole)


def seated_by_pool(
    children: list[ApplicantChild], assignment: Mapping[str, str | None], pools: Mapping[tuple[str, int], str]
) -> dict[str, Seated]:
    """Return, by pool id, how many are seated there who were not enrolled before, and their lowest points."""
    found = defaultdict[str, list[Fraction]](list)
    for child in children:
        facility = assignment.get(child.number)
        if facility is not None and facility != (child.current.code if child.current else None):
            found[pools[facility, child.age_class]].append(points_at(child, facility))
    return {pool: Seated(len(points), min(points)) for pool, points in found.items()}


@dataclass(frozen=True)
class ReasonMaker:
    """理由を作る材料: the facilities, ties and seats of a round, for the reasons of all its children."""

    facilities: Mapping[str, ChildcareFacility]
    names: Mapping[str, str]
    rules: RuleDocument
    seated: Mapping[str, Seated]
    pools: Mapping[tuple[str, int], str]

    def reason(self, child: ApplicantChild, record: Mapping[str, Any]) -> Reason:
        """Return what a family may know of one explanation of its child."""
        code, facility = str(record["code"]), str(record["facility"])
        found: Reason = {"facility": facility, "name": self.facilities[facility].name, "code": code}
        if code == "full":
            found |= self._full(child, facility, str(record["decided_by"]))
        elif code == "sibling":
            other = str(record.get("sibling", ""))
            found["sibling"] = "" if other == child.number else self.names.get(other, "")
            at = self.facilities.get(str(record.get("sibling_facility", "")))
            found["sibling_facility"] = at.name if at else ""
        return found

    def _full(self, child: ApplicantChild, facility: str, by: str) -> Reason:
        if by == "points":
            seats = self.seated.get(self.pools.get((facility, child.age_class), ""))
            shown = seats is not None and seats.count >= self.rules.publish_from
            lowest = points_words(seats.lowest) if seats and shown else ""
            return {"by": "points", "own": points_words(points_at(child, facility)), "lowest": lowest}
        if by.startswith("tie"):
            ties = [tie for tie in self.rules.ties if not tie.uses_wish_rank]
            return {"by": "tie", "tie": ties[int(by.removeprefix("tie")) - 1].label}
        return {"by": by}


def round_reasons(
    of: SelectionRound, children: list[ApplicantChild], instance: Mapping[str, Any], run: Mapping[str, Any]
) -> dict[str, list[Reason]]:
    """Return the reasons of all children of a run by application number, in the order of their wishes.

    ``run`` has the result and the explanations as documents. A sibling's name is given within its family only.
    """
    pools = {(pool["facility"], each): pool["id"] for pool in instance["pools"] for each in pool["classes"]}
    homes = {child.number: child.household_id for child in children}
    maker = ReasonMaker(
        facilities={each.code: each for each in of.scheme.facilities.all()},
        names={child.number: child.name for child in children},
        rules=of.rule_version.rules,
        seated=seated_by_pool(children, run["result"]["assignment"], pools),
        pools=pools,
    )
    by_number = {child.number: child for child in children}
    found = defaultdict[str, list[Reason]](list)
    for record in run["explanations"]["explanations"]:
        child = by_number[record["child"]]
        sibling = record.get("sibling")
        if sibling is not None and homes.get(sibling) != child.household_id:
            record = {**record, "sibling": ""}
        found[child.number].append(maker.reason(child, record))
    return dict(found)


def reason_sentence(reason: Mapping[str, Any], contact: str) -> str:
    """Return why a wish was not met, in the reader's language; ``contact`` is whom to ask."""
    code = reason["code"]
    if code == "full":
        return _full_sentence(reason)
    if code == "sibling":
        return _sibling_sentence(reason)
    said = {
        "not_offered": _("この施設では、お子さんのクラスの募集がありません。"),
        "family_order": _("ご家庭が出した希望とごきょうだいの答えでは、もっと上の希望が先に決まりました。"),
        "pinned": _("個別の調整によります。%(contact)sへお尋ねください。") % {"contact": contact},
        "forbidden": _("個別の調整によります。%(contact)sへお尋ねください。") % {"contact": contact},
        "blocking": _(
            "利用できる組合せがありましたが、全体の調整の中で決まりませんでした。%(contact)sへお尋ねください。"
        )
        % {"contact": contact},
    }
    return str(said[code])


def _full_sentence(reason: Mapping[str, Any]) -> str:
    by = reason["by"]
    if by == "points" and reason["lowest"]:
        values = {"own": reason["own"], "lowest": reason["lowest"]}
        return _("お子さんの点数は%(own)s点です。決まったお子さんの中で一番低い点数は%(lowest)s点でした。") % values
    if by == "points":
        return _("お子さんの点数は%(own)s点です。点数の高いお子さんで、席がいっぱいになりました。") % {
            "own": reason["own"]
        }
    if by == "tie":
        return _("点数は同じでしたが、次の順(%(tie)s)で、席がいっぱいになりました。") % {"tie": reason["tie"]}
    if by == "order":
        return _("点数もほかの順も同じで、抽選の順により席がいっぱいになりました。")
    if by == "no_vacancy":
        return _("この施設のお子さんのクラスには、空きがありませんでした。")
    return _("いま通っているお子さんなどで、席がいっぱいになりました。")


def _sibling_sentence(reason: Mapping[str, Any]) -> str:
    if reason["sibling"] and reason["sibling_facility"]:
        values = {"name": reason["sibling"], "facility": reason["sibling_facility"]}
        return _("ごきょうだいの%(name)sさんの席(%(facility)s)が足りず、一緒の希望がかないませんでした。") % values
    return _("ごきょうだいみんなの席がそろわず、一緒の希望がかないませんでした。")
