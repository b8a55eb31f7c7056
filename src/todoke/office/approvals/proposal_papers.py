"""Proposal papers 起案の書類: the application's files as the deciders look at them, and what is open about its case."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from todoke.accounts.models import User
from todoke.approvals.dossier_sections import sections_of
from todoke.approvals.models import Proposal
from todoke.cases.decision.readiness import open_points
from todoke.cases.models import Case, Opinion
from todoke.cases.models.stop_flag import flagged_cases, flags_by_case
from todoke.formbuilder.models import Upload
from todoke.office.casework.case_papers import Paper, papers_of
from todoke.payments.models import Charge

PAPERS, FEE = "添付書類", "手数料"


def case_of(proposal: Proposal) -> Case | None:
    """Return the case that a proposal decides, None for another matter."""
    cases = proposal.cases.select_related("charge__receipt", "department", "submission", "release__offer__procedure")
    return cases.order_by("number").first()


def protected_case_of(proposal: Proposal) -> Case | None:
    """Return the first of its cases that names a person under a stop flag; None where there is none."""
    cases = list(proposal.cases.order_by("number"))
    flagged = flagged_cases(cases)
    return next((case for case in cases if case.pk in flagged), None)


def upload_of(proposal: Proposal, token: str) -> tuple[Case, Upload] | None:
    """Return an attached file of one of the cases that a proposal decides, with the case."""
    found = Upload.objects.current().filter(submission__case__proposal=proposal, token=token).first()
    return (Case.objects.get(submission=found.submission_id), found) if found is not None else None


def decided_case_context(proposal: Proposal, content: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Return what the page of a proposal shows of its case: sections without files, the files, and what is open."""
    case = case_of(proposal)
    if case is None:
        return {"case": None, "sections": sections_of(content)}
    cases = [case, *proposal.cases.exclude(pk=case.pk).select_related("charge__receipt").order_by("number")]
    return {
        "case": case,
        "cases": cases,
        "sections": sections_of({title: _with_unit(title, part) for title, part in content.items() if title != PAPERS}),
        "papers": _papers(proposal, content),
        "open_points": _open_points(cases) if proposal.settled_at is None else [],
        "may_open_case": Case.objects.in_office_of(user).filter(pk=case.pk).exists(),
    }


def _open_points(cases: Sequence[Case]) -> list[str]:
    """Return what is open about each of the cases, with its number where they are several."""
    alone = len(cases) == 1
    return [point if alone else f"{case.number}: {point}" for case in cases for point in open_points(case)]


def marks_of(proposals: Iterable[Proposal]) -> dict[int, list[str]]:
    """Return by proposal what to look at before it is approved with others, in a constant number of queries."""
    cases = list(Case.objects.filter(proposal__in=proposals).select_related("charge__receipt"))
    awaited = set(Opinion.objects.waiting().filter(case__in=cases).values_list("case", flat=True))
    flagged, found = flags_by_case(cases), dict[int, list[str]]()
    for case in cases:
        is_unpaid = case.charge is not None and case.charge.status == Charge.Status.UNPAID
        told = {"支援措置": case.pk in flagged, "意見照会の回答待ち": case.pk in awaited, "手数料が未納": is_unpaid}
        marks = found.setdefault(case.proposal_id or 0, [])
        marks += [mark for mark, holds in told.items() if holds and mark not in marks]
    return found


def _with_unit(title: str, part: object) -> object:
    """Return a part of a dossier as it is shown; a fee that was written down as a number has its unit."""
    return f"{part:,}円" if title == FEE and isinstance(part, int) else part


def _papers(proposal: Proposal, content: Mapping[str, Any]) -> list[Paper]:
    """Return the files that the dossier names, each with its address while it is still attached as it was."""
    attached = Upload.objects.current().filter(submission__case__proposal=proposal)
    uploads = {upload.sha256: upload for upload in attached}
    named = [(str(line.get("名称", "")), uploads.get(str(line.get("照合値", "")))) for line in content.get(PAPERS, [])]
    shown = papers_of(
        [upload for _, upload in named if upload is not None],
        lambda token: reverse("office:proposal-paper", args=[proposal.number, token]),
        protected=protected_case_of(proposal) is not None,
    )
    found = iter(shown)
    return [Paper(name) if upload is None else next(found) for name, upload in named]
