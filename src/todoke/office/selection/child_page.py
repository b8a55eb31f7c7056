"""Child page 申込児童のページ: points line by line with what they rest on, and each wish with its reason, for staff."""

from typing import Any

from todoke.admissions.models import ApplicantChild, Placement, PlacementLetter, PlacementRun, ScoringFact
from todoke.admissions.models.selection_round import RoundStatus
from todoke.admissions.points.rule_document import RuleDocument
from todoke.admissions.selection.family_reasons import reason_sentence
from todoke.admissions.selection.placement_letters import contact_of
from todoke.admissions.selection.run_files import read_document

YES = {"はい": "yes", "いいえ": "no"}


def child_context(child: ApplicantChild) -> dict[str, Any]:
    """Return what the page of a child shows, without its forms."""
    rules = child.round.rule_version.rules
    run = child.round.runs.filter(kind="trial", status="done").first()
    return {
        "child": child,
        "round": child.round,
        "lines": line_rows(child, rules),
        "facts": fact_rows(child, rules),
        "wishes": child.preferences.select_related("facility"),
        "reasons": staff_reasons(child, run),
        "run": run,
        "letters": PlacementLetter.objects.filter(placement__child=child).exclude(sent_at=None),
        "siblings": child.household.children.applying().exclude(pk=child.pk),
    }


def awaits_answer(child: ApplicantChild) -> bool:
    """Whether the family was told of a place that it may still accept or decline."""
    placement = getattr(child, "placement", None)
    told = child.round.status == RoundStatus.NOTIFIED
    return told and placement is not None and bool(Placement.NEXT[placement.status])


def whose(guardian: int, child: ApplicantChild | None) -> str:
    """Return about whom a fact or a line is."""
    return f"保護者{guardian}" if guardian else "児童" if child else "世帯"


def line_rows(child: ApplicantChild, rules: RuleDocument) -> list[tuple[str, str, str, int]]:
    """Return the lines of a child's points: whose, the row of the rules, on what it rests, the points."""
    labels, facts = rules.row_labels(), rules.by_id
    found = list[tuple[str, str, str, int]]()
    for line in child.score_lines.all():
        rests = "、".join(
            f"{facts[key].label} {facts[key].text(value)}" for key, value in line.rests_on if key in facts
        )
        name = f"保護者{line.guardian}" if line.guardian else "世帯・児童"
        found.append((name, labels.get(line.row, line.row), rests, line.points))
    return found


def fact_rows(child: ApplicantChild, rules: RuleDocument) -> list[tuple[ScoringFact, str, str, str]]:
    """Return what is known of a child's household and of itself: the fact, whose, its label, its value in words."""
    rows = child.household.facts.filter(superseded_at=None).select_related("written_by", "child")
    facts = rules.by_id
    return [
        (each, whose(each.guardian, each.child), facts[each.key].label, facts[each.key].text(each.value))
        for each in rows
        if each.key in facts and each.child_id in {None, child.pk}
    ]


def fact_choices(child: ApplicantChild, rules: RuleDocument) -> list[tuple[str, str]]:
    """Return what may be corrected: the id of the fact with the guardian's number, and its label."""
    found = list[tuple[str, str]]()
    for fact in rules.facts:
        if fact.origin == "computed":
            continue
        numbers = range(1, child.household.guardians + 1) if fact.about == "guardian" else [0]
        for number in numbers:
            who = f"保護者{number}" if number else {"child": "児童", "household": "世帯"}[fact.about]
            found.append((f"{fact.id}/{number}", f"{who}: {fact.label}"))
    return found


def staff_reasons(child: ApplicantChild, run: PlacementRun | None) -> list[dict[str, Any]]:
    """Return each wish that a run did not meet: its sentence, and the last seated child beside it."""
    if run is None or child.round.disposed_at:
        return []
    explanations = read_document(run, "explanations")["explanations"]
    own = {each["facility"]: each for each in explanations if each["child"] == child.number}
    placement = getattr(child, "placement", None)
    said = {each["facility"]: each for each in (placement.reasons if placement else [])}
    contact = contact_of(child.round.scheme)
    found = list[dict[str, Any]]()
    for wish in child.preferences.select_related("facility"):
        record = own.get(wish.facility.code)
        sentence = reason_sentence(said[wish.facility.code], contact) if wish.facility.code in said else ""
        found.append(
            {
                "wish": wish,
                "sentence": sentence,
                "record": record,
                "code": CODES.get(record["code"], "") if record else "",
            }
        )
    return found


CODES = {
    "forbidden": "除外の指示がある",
    "pinned": "別の施設に指定されている",
    "not_offered": "このクラスの募集がない",
    "family_order": "世帯の希望の順",
    "full": "席がいっぱい",
    "blocking": "全体の調整で決まらなかった(残る不公平)",
    "sibling": "きょうだいの席がそろわない",
}
"""The reasons in the words of staff."""
