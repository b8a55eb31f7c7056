"""Route preview 回付先の見込み: which posts a matter would pass, and who holds them today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from todoke.approvals.approval_rules import ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.authority import approvers_for, holders
from todoke.approvals.models.route import Importance, Stop, acting_department
from todoke.organization.models import Department, Post

_IMPORTANCE = dict(Importance.choices)


@dataclass(frozen=True)
class StopPreview:
    """回付先の見込み: one post of the chain, who would act there today, and what stands in the way."""

    position: int
    kind: str
    post: str
    people: list[str]
    note: str = ""


def _seat(role: str, department: Department | None) -> str:
    return f"{department.name if department else '全庁'} {Post.Role(role).label}"


def preview_stops(rule: DecisionClassRule, drafting: Department, on: date | None = None) -> list[StopPreview]:
    """Return the preview of a chain for a drafting department, on a business date (default: today)."""
    named = {stop.department for stop in rule.stops if stop.department}
    known = {department.code: department for department in Department.objects.filter(code__in=named)}
    walk = sorted(rule.stops, key=lambda stop: stop.position)
    return [_foreseen(stop, acting_department(stop.place, known.get(stop.department), drafting), on) for stop in walk]


def _foreseen(stop: StopRule, department: Department | None, on: date | None) -> StopPreview:
    held = holders(stop.role, department, on)
    here = approvers_for(None, stop.role, department, on)
    note = ""
    if not here:
        note = "いま処理できる人がいません。着任か代決者を登録するまで、ここで止まります。"
    elif not held:
        note = "空席のため、代決者が処理します。"
    elif not set(held) & set(here):
        note = f"{'、'.join(person.name for person in held)}が不在のため、代決者が処理します。"
    names = [person.name for person in here]
    return StopPreview(stop.position, Stop.Kind(stop.kind).label, _seat(stop.role, department), names, note)


def matter_in_words(rule: DecisionClassRule) -> str:
    """Return in Japanese which matters a decision class is for: 種類、金額、重要度."""
    parts = [rule.kind or "ほかの区分がない種類すべて", yen_in_words(rule.above, rule.up_to)]
    if rule.importance:
        parts.append(_IMPORTANCE[rule.importance])
    return "、".join(parts)


def yen_in_words(above: int | None, up_to: int | None) -> str:
    """Return a range of amounts in Japanese: 100円を超え200円以下; any amount when both are None."""
    if above is None and up_to is None:
        return "金額によらない"
    if up_to is None:
        return f"{above:,}円を超える"
    return f"{up_to:,}円以下" if above is None else f"{above:,}円を超え{up_to:,}円以下"


def stop_in_words(stop: StopRule, names: dict[str, str]) -> str:
    """Return one stop in Japanese: 回議 課長(起案した部署)."""
    place = names.get(stop.department, stop.department) if stop.department else Stop.Place(stop.place).label
    return f"{Stop.Kind(stop.kind).label} {Post.Role(stop.role).label}({place})"


def chain_in_words(rule: DecisionClassRule, names: dict[str, str]) -> str:
    """Return a chain in its order in Japanese; parallel stops are joined by 「・」."""
    groups: dict[int, list[str]] = {}
    for stop in rule.stops:
        groups.setdefault(stop.position, []).append(stop_in_words(stop, names))
    return " → ".join("・".join(groups[position]) for position in sorted(groups))


def names_of_departments() -> dict[str, str]:
    """Return department names by code."""
    return dict(Department.objects.values_list("code", "name"))


@dataclass(frozen=True)
class DecisionClassChange:
    """変更: a decision class that was added to or removed from the rules."""

    added: bool
    matter: str
    chain: str


def decision_class_changes(before: ApprovalRules | None, after: ApprovalRules) -> Sequence[DecisionClassChange]:
    """Return the differences of two sets of rules: removed decision classes first, then added ones."""
    names = names_of_departments()

    def lines(rules: ApprovalRules | None) -> dict[tuple[str, str], None]:
        classes = rules.decision_classes if rules else ()
        return {(matter_in_words(rule), chain_in_words(rule, names)): None for rule in classes}

    old, new = lines(before), lines(after)
    gone = [DecisionClassChange(False, *line) for line in old if line not in new]
    return [*gone, *(DecisionClassChange(True, *line) for line in new if line not in old)]
