"""Decisions 決定: a case is submitted for approval with its dossier, and is granted, refused or returned."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.cases.answers import office_rows
from todoke.cases.correction.seen_originals import seen_originals, with_originals
from todoke.cases.deadlines import ClockAct
from todoke.cases.decision.decision_words import outcome_words
from todoke.cases.letters.issue import issue_letter
from todoke.cases.models import Case, DecisionDraft
from todoke.cases.models.status import Status
from todoke.japanese.calendar import format_era_date, today
from todoke.runtime.refusals import Conflict, Refused

EDITABLE = (Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK)


def dossier_of(case: Case, outcome: str, reason: str, takes_effect_on: date | None) -> dict[str, Any]:
    """Return the dossier: the application as it stands, the proposed outcome, and the reason."""
    seen = seen_originals(case)
    return {
        "案件": {"受付番号": case.number, "手続": case.title, "受付日": format_era_date(case.received_on)},
        "申請者": case.applicant_name,
        "決定案": {
            "決定": outcome_words(case)[DecisionDraft.Outcome(outcome)],
            "理由": reason,
            "効力の生じる日": format_era_date(takes_effect_on) if takes_effect_on else "決定の日",
        },
        "申請の内容": [
            {"見出し": row.heading or page.title, "項目": row.label, "回答": row.text}
            for page, rows in case.submission.journey().summary()
            for row in with_originals(rows, seen)
        ],
        **_entries(case),
        "添付書類": [
            {"名称": name, "照合値": sha256}
            for name, sha256 in case.submission.uploads.current().values_list("name", "sha256")
        ],
        "手数料": f"{case.charge.yen:,}円({case.charge.status.label})" if case.charge else "なし",
    }


def last_terms(case: Case) -> dict[str, Any]:
    """Return the terms with which a decision is proposed at first: those of the one that came back, or to grant."""
    last = case.decision_drafts.last()
    if last is None:
        return {"outcome": DecisionDraft.Outcome.GRANT}
    return {"outcome": last.outcome, "reason": last.reason, "takes_effect_on": last.takes_effect_on}


def _entries(case: Case) -> dict[str, Any]:
    rows = [{"見出し": row.heading, "項目": row.label, "回答": row.text} for row in office_rows(case.submission)]
    return {"職員の記入": rows} if rows else {}


@transaction.atomic
def propose(
    case: Case, outcome: str, *, by: User, reason: str = "", takes_effect_on: date | None = None, urgent: str = ""
) -> Proposal:
    """Submit a decision for approval (起案); one's own returned proposal goes on as a new round.

    Raises as ``prepare`` does.
    """
    prepare(case, outcome, reason=reason, by=by)
    dossier = dossier_of(case, outcome, reason, takes_effect_on)
    earlier = case.proposal
    title = f"{case.title}の決定について({case.number})"
    if earlier is not None and earlier.status in EDITABLE and earlier.drafter_id == by.pk and _is_alone(case):
        earlier.resubmit(dossier=dossier, by=by)
        proposal = earlier
    else:
        proposal = Proposal.open(
            route=case.release.route, title=title, dossier=dossier, by=by,
            kind=case.release.matter, amount=case.charge.yen if case.charge else None, urgent_reason=urgent,
            department=case.department,
        )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(proposal=proposal)
    case.proposal = proposal
    DecisionDraft.objects.create(
        case=case, proposal=proposal, outcome=outcome, reason=reason, takes_effect_on=takes_effect_on, drafted_by=by
    )
    return proposal


def prepare(case: Case, outcome: str, *, reason: str, by: User) -> None:
    """Set a case to be decided, where this outcome can be proposed for it.

    Raises Refused for a refusal without a reason, or before the fee is paid.
    """
    case.require_department(by)
    if outcome != DecisionDraft.Outcome.GRANT and not reason.strip():
        raise Refused("却下や一部認容には、理由を書いてください。通知書にそのまま載ります。")
    if outcome != DecisionDraft.Outcome.REFUSE and case.charge and not case.charge.is_settled:
        raise Refused(f"手数料が納められていません({case.number})。納付を確かめてから起案してください。")
    case.transition(Status.DECIDING, "起案", by=by, audience="office")


def _is_alone(case: Case) -> bool:
    """Whether its proposal decides no other case."""
    return not Case.objects.filter(proposal=case.proposal_id).exclude(pk=case.pk).exists()


@transaction.atomic
def apply_approval(proposal: Proposal, *, by: Actor) -> None:
    """Apply an approved proposal to its cases (決定). Raises Refused when an application was withdrawn meanwhile."""
    drafts = DecisionDraft.objects.select_related("case__release__offer__procedure").filter(proposal=proposal)
    rulings = {draft.case_id: draft for draft in drafts.order_by("pk")}
    for ruling in rulings.values():
        _apply(ruling, by=by)


def _apply(ruling: DecisionDraft, *, by: Actor) -> None:
    case = ruling.case
    outcome = Status(ruling.outcome)
    on = ruling.takes_effect_on or today()
    try:
        case.record_clock(ClockAct.STOP, on=today())
        case.transition(
            outcome, outcome.label, by=by, reason=ruling.reason, decided_at=timezone.now(),
            decision_reason=ruling.reason, takes_effect_on=on,
        )  # fmt: skip
    except Conflict as overtaken:
        raise Refused(f"この案件は決裁の途中で状態が変わりました。{overtaken}") from overtaken
    issue_letter(case, by=by)


@transaction.atomic
def return_to_review(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Set the case back under review after its proposal was returned, withdrawn or rejected (審査への差戻し)."""
    for case in Case.objects.filter(proposal=proposal, status=Status.DECIDING):
        case.transition(Status.REVIEW, "審査への差戻し", by=by, reason=reason, audience="office")
