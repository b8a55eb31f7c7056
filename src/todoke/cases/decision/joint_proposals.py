"""Joint proposals 一括の起案: like cases decided by one proposal, whose dossier holds each of them whole."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from todoke.accounts.models import User
from todoke.approvals.models import Dossier, Proposal
from todoke.cases import decisions
from todoke.cases.assignment import selected_cases
from todoke.cases.decision.decision_words import outcome_words
from todoke.cases.models import Case, DecisionDraft
from todoke.cases.models.status import Status
from todoke.japanese.calendar import format_era_date
from todoke.runtime.refusals import Refused

MOST = 50
LISTED, CONTENT, PAPERS = "対象の案件", "申請の内容", "添付書類"
GONE = "(廃棄済み)"


def alike_cases(numbers: Sequence[str], *, by: User) -> list[Case]:
    """Return the cases with these numbers, which one proposal may decide.

    Raises as ``selected_cases`` does, and Refused for fewer than two, for too many, for cases of different services,
    routes or sections, and for one that is not under review.
    """
    cases = selected_cases(numbers, by=by)
    if not 2 <= len(cases) <= MOST:
        raise Refused(f"まとめて起案できるのは、2件から{MOST}件までです。")
    alike = {(case.release.offer_id, case.release.route_id, case.release.matter, case.department_id) for case in cases}
    if len(alike) > 1:
        raise Refused("まとめて起案できるのは、手続・決裁ルート・部署が同じ案件だけです。何も変わっていません。")
    if other := [case.number for case in cases if case.status != Status.REVIEW]:
        raise Refused(f"審査中でない案件が含まれています({other[0]} など{len(other)}件)。何も変わっていません。")
    return cases


@transaction.atomic
def propose_together(
    cases: Sequence[Case], outcome: str, *, by: User, reason: str = "", takes_effect_on: date | None = None,
    urgent: str = "",
) -> Proposal:  # fmt: skip
    """Submit one decision about several cases for approval (まとめて起案); all of them, or none.

    Raises as ``decisions.propose`` does for the first case that cannot be proposed.
    """
    for case in cases:
        decisions.prepare(case, outcome, reason=reason, by=by)
    yen = sum(case.charge.yen for case in cases if case.charge is not None)
    first = cases[0]
    facts: dict[str, Any] = {
        "route": first.release.route, "title": f"{first.title}の決定について({first.number} ほか{len(cases) - 1}件)",
        "dossier": joint_dossier(cases, outcome, reason, takes_effect_on), "kind": first.release.matter,
        "amount": yen if any(case.charge for case in cases) else None, "urgent_reason": urgent,
        "department": first.department,
    }  # fmt: skip
    proposal = Proposal.open(by=by, **facts)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(proposal=proposal)
    for case in cases:
        case.proposal = proposal
        DecisionDraft.objects.create(
            case=case, proposal=proposal, outcome=outcome, reason=reason, takes_effect_on=takes_effect_on, drafted_by=by
        )
    return proposal


def joint_dossier(
    cases: Sequence[Case], outcome: str, reason: str, takes_effect_on: date | None
) -> dict[str, Any]:  # fmt: skip
    """Return the dossier of several cases: what is asked, the list of them, and each application as it stands."""
    words = outcome_words(cases[0])[DecisionDraft.Outcome(outcome)]
    alone = {case.number: decisions.dossier_of(case, outcome, reason, takes_effect_on) for case in cases}
    found: dict[str, Any] = {
        "伺い": f"次の{len(cases)}件について、いずれも「{words}」と決定してよろしいか。",
        "決定案": next(iter(alone.values()))["決定案"],
        LISTED: [
            {"受付番号": case.number, "申請者": case.applicant_name, "受付日": format_era_date(case.received_on),
             "手数料": alone[case.number]["手数料"]}
            for case in cases
        ],
    }  # fmt: skip
    for number, content in alone.items():
        found[f"{CONTENT}({number})"] = [*content[CONTENT], *content.get("職員の記入", [])]
    papers = [{"受付番号": number, **line} for number, content in alone.items() for line in content[PAPERS]]
    return {**found, PAPERS: papers}


def erase_from_dossiers(case: Case) -> bool:
    """Take a case out of the dossiers of a proposal that also decided others; False where it decided no other.

    The hashes stay. What is left of the others goes with them.
    """
    others = Case.objects.filter(proposal=case.proposal).exclude(pk=case.pk)
    if case.proposal is None or not others.exclude(applicant_name="").exists():
        return False
    for dossier in Dossier.objects.filter(proposal=case.proposal):
        Dossier.objects.filter(pk=dossier.pk).update(content=_without(dossier.content, case.number))
    return True


def _without(content: Mapping[str, Any], number: str) -> dict[str, Any]:
    found = {title: part for title, part in content.items() if title != f"{CONTENT}({number})"}
    for title in (LISTED, PAPERS):
        found[title] = [
            {"受付番号": number, "申請者": GONE} if line.get("受付番号") == number else line
            for line in content.get(title, [])
        ]
    return found
