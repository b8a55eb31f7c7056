"""Adoption 採用: a finished trial becomes a proposal; once approved its placements are written and letters made."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.admissions.audit_bundle import manifest_sha256, opened
from todoke.admissions.models import (
    ApplicantChild,
    OpenPointSignature,
    Placement,
    PlacementLetter,
    PlacementRun,
    SelectionRound,
)
from todoke.admissions.models.selection_round import RoundStatus, require_runner
from todoke.admissions.selection.family_reasons import round_reasons
from todoke.admissions.selection.placement_letters import contact_of, result_letters
from todoke.admissions.selection.public_numbers import published_numbers
from todoke.admissions.selection.round_disposal import notices_about
from todoke.admissions.selection.signed_subjects import SignedSubjects
from todoke.approvals.models import Proposal
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.cases.models import Case
from todoke.cases.models.status import Status
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Conflict, NotYet

BATCH = 500
EDITABLE = (Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK)


def bundle_hash(run: PlacementRun) -> str:
    """Return the hash of the manifest of the run's audit bundle as it is stored: what the dossier seals."""
    return manifest_sha256(run.read("bundle"))


def dossier_of(run: PlacementRun) -> dict[str, Any]:
    """Return the dossier: numbers, what remains blocking by name, accepted points, hashes; no child's name."""
    of, figures = run.round, run.figures
    subjects = SignedSubjects(of)
    return {
        "選考": {"制度": of.scheme.name, "選考": of.title, "基準の版": f"第{of.rule_version.number}版"},
        "結果": {
            "申込児童": figures["new_applicants"],
            "内定": figures["new_placed"],
            "保留": figures["new_applicants"] - figures["new_placed"],
            "転園": figures["transfers_moved"],
            "席": f"{figures['seats']}のうち{figures['seats_used']}を使用",
        },
        "検算": {"規則に反する配置": figures["hard_violations"], "残る不公平": figures["blocking_coalitions"]},
        "残る不公平(世帯)": [{"世帯": each[0], "種類": each[-1]} for each in figures.get("blocking", [])]
        or "ありません",
        "点検で確かめて進めたもの": [
            {"対象": subjects.words(each), "理由": each.reason, "確かめた人": str(each.signed_by)}
            for each in OpenPointSignature.objects.filter(round=of).select_related("signed_by")
        ]
        or "ありません",
        "抽選の種の照合値": of.seed_hash,
        "監査一式の照合値": bundle_hash(run),
    }


@transaction.atomic
def propose(run: PlacementRun, *, by: User) -> Proposal:
    """起案: propose a trial for adoption; a returned proposal of one's own goes on as a new round.

    Raises NotAllowed, NotYet for a trial that is stale, unfinished or not on fixed inputs, Conflict.
    """
    of = run.round
    require_runner(of.scheme, by)
    if not run.is_adoptable:
        raise NotYet("採用できるのは、入力確定のあとの、いまの入力で計算した試算だけです。")
    of.move(RoundStatus.DECIDED_ON, "起案", by=by)
    earlier = PlacementRun.objects.filter(round=of, proposal__status__in=EDITABLE, proposal__drafter=by).first()
    if earlier is not None and earlier.proposal is not None:
        proposal = earlier.proposal
        PlacementRun.objects.filter(pk=earlier.pk).update(proposal=None)
        proposal.resubmit(dossier=dossier_of(run), by=by)
    else:
        title = f"{of.scheme.name}の利用調整について({of.title})"
        proposal = Proposal.open(
            route=of.scheme.route, title=title, dossier=dossier_of(run), by=by, department=of.scheme.department
        )
    run.proposal = proposal
    PlacementRun.objects.filter(pk=run.pk).update(proposal=proposal)
    record(run, "採用の起案", by=by, after={"起案": proposal.number, "照合値": bundle_hash(run)})
    return proposal


@transaction.atomic
def adopt(run: PlacementRun, *, by: Actor) -> None:
    """採用: write the placements with their reasons, decide the applications, make the letters; one audit entry.

    Raises Conflict where the files are not those that were approved, or somebody was first.
    """
    of = run.round
    if run.proposal is None or run.proposal.dossier.content.get("監査一式の照合値") != bundle_hash(run):
        raise Conflict("決裁した内容と、計算の結果が一致しません。")
    if not compare_and_set(run, {"adopted_at": None, "stale_at": None}, adopted_at=timezone.now()):
        raise Conflict("この試算は、すでに採用されているか、古くなっています。")
    of.move(RoundStatus.DECIDED, "決定", by=by)
    placements = Placement.objects.bulk_create(placements_of(run), batch_size=BATCH)
    PlacementLetter.objects.bulk_create(result_letters(of, placements), batch_size=BATCH)
    decide_cases(of, placements)
    record(
        run, "採用", by=by, after={"内定": sum(1 for each in placements if each.facility_id), "全体": len(placements)}
    )


def placements_of(run: PlacementRun) -> list[Placement]:
    """Return the unsaved placements of a run's result."""
    of = run.round
    files = opened(run.read("bundle"))
    documents = {name: json.loads(files[f"{name}.json"]) for name in ("instance", "result", "explanations")}
    numbers = [child["id"] for child in documents["instance"]["children"]]
    rows = of.children.filter(number__in=numbers).select_related("household", "current", "score", "round__scheme")
    children: list[ApplicantChild] = list(rows.order_by("number"))
    reasons = round_reasons(of, children, documents["instance"], documents)
    facilities = {each.code: each for each in of.scheme.facilities.all()}
    found = list[Placement]()
    for child in children:
        code = documents["result"]["assignment"][child.number]
        status = Placement.Status.OFFERED if code else Placement.Status.WAITING
        facility = facilities[code] if code else None
        own = reasons.get(child.number, [])
        found.append(Placement(round=of, run=run, child=child, facility=facility, status=status, reasons=own))
    return found


def decide_cases(of: SelectionRound, placements: list[Placement]) -> None:
    """決定: decide each application by the places of its children; one that waits for a correction stays open."""
    by_case = dict[int, list[Placement]]()
    for each in placements:
        if each.child.case_id:
            by_case.setdefault(each.child.case_id, []).append(each)
    for case in Case.objects.filter(pk__in=by_case).select_related("department", "release"):
        placed = [each for each in by_case[case.pk] if each.facility_id]
        outcome = Status.REFUSED if not placed else Status.GRANTED
        if placed and len(placed) < len(by_case[case.pk]):
            outcome = Status.PARTLY
        _decide(case, outcome, f"{of.title}の利用調整の結果による。児童ごとの理由は、利用調整の通知のとおり。")


def _decide(case: Case, outcome: Status, reason: str) -> None:
    by = System()
    if case.status == Status.RECEIVED:
        case.transition(Status.REVIEW, "審査の開始", by=by, audience="office")
    if case.status == Status.REVIEW:
        case.transition(Status.DECIDING, "利用調整", by=by, audience="office")
    if case.status == Status.DECIDING:
        case.transition(outcome, outcome.label, by=by, decided_at=timezone.now(), decision_reason=reason)


@transaction.atomic
def return_to_fixed(run: PlacementRun, *, reason: str, by: Actor) -> None:
    """起案の戻り: after a proposal was returned, withdrawn or rejected the round stands on its fixed inputs again."""
    if run.round.status == RoundStatus.DECIDED_ON:
        run.round.move(RoundStatus.FIXED, "起案の戻り", by=by, reason=reason)


@transaction.atomic
def notify(of: SelectionRound, *, by: User) -> int:
    """通知: send the letters of a decided round; return how many families were mailed. Raises NotAllowed, Conflict."""
    require_runner(of.scheme, by)
    now = timezone.now()
    of.move(RoundStatus.NOTIFIED, "通知", by=by, notified_at=now, public_numbers=published_numbers(of))
    letters = PlacementLetter.objects.filter(placement__round=of, sent_at=None).exclude(kind="correction")
    letters.update(sent_at=now)
    told = 0
    for child in (
        of.children.filter(placement__isnull=False)
        .exclude(household__applicant=None)
        .select_related("household__applicant", "round__scheme__department")
    ):
        person = child.household.applicant
        if person is not None and person.email:
            told += 1
            page = absolute("portal:admission", child.pk)
            context = {"name": person.name, "round": of.title, "url": page, "contact": contact_of(of.scheme)}
            enqueue("admission-result", to=Recipient.of(person), context=context, about=notices_about(of), by=by)
    return told
