"""Proposal papers 起案の書類: the application's files as the deciders look at them, and what is open about its case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from todoke.accounts.models import User
from todoke.approvals.dossier_sections import sections_of
from todoke.approvals.models import Proposal
from todoke.cases.decision.readiness import open_points
from todoke.cases.models import Case, Opinion
from todoke.cases.models.stop_flag import flags_by_case, is_flagged
from todoke.office.casework.case_papers import Paper, papers_of
from todoke.payments.models import Charge

PAPERS, FEE = "添付書類", "手数料"


def case_of(proposal: Proposal) -> Case | None:
    """Return the case that a proposal decides, None for another matter."""
    cases = proposal.cases.select_related("charge__receipt", "department", "submission", "release__offer__procedure")
    return cases.first()


def decided_case_context(proposal: Proposal, content: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Return what the page of a proposal shows of its case: sections without files, the files, and what is open."""
    case = case_of(proposal)
    if case is None:
        return {"case": None, "sections": sections_of(content)}
    return {
        "case": case,
        "sections": sections_of({title: _with_unit(title, part) for title, part in content.items() if title != PAPERS}),
        "papers": _papers(proposal, content, case),
        "open_points": open_points(case) if proposal.settled_at is None else [],
        "may_open_case": Case.objects.in_office_of(user).filter(pk=case.pk).exists(),
    }


def marks_of(proposals: Iterable[Proposal]) -> dict[int, list[str]]:
    """Return by proposal what to look at before it is approved with others, in a constant number of queries."""
    cases = list(Case.objects.filter(proposal__in=proposals).select_related("charge__receipt"))
    awaited = set(Opinion.objects.waiting().filter(case__in=cases).values_list("case", flat=True))
    flagged, found = flags_by_case(cases), dict[int, list[str]]()
    for case in cases:
        is_unpaid = case.charge is not None and case.charge.status == Charge.Status.UNPAID
        told = {"支援措置": case.pk in flagged, "意見照会の回答待ち": case.pk in awaited, "手数料が未納": is_unpaid}
        found[case.proposal_id or 0] = [mark for mark, holds in told.items() if holds]
    return found


def _with_unit(title: str, part: object) -> object:
    """Return a part of a dossier as it is shown; a fee that was written down as a number has its unit."""
    return f"{part:,}円" if title == FEE and isinstance(part, int) else part


def _papers(proposal: Proposal, content: Mapping[str, Any], case: Case) -> list[Paper]:
    """Return the files that the dossier names, each with its address while it is still attached as it was."""
    uploads = {upload.sha256: upload for upload in case.submission.uploads.current()}
    named = [(str(line.get("名称", "")), uploads.get(str(line.get("照合値", "")))) for line in content.get(PAPERS, [])]
    shown = papers_of(
        [upload for _, upload in named if upload is not None],
        lambda token: reverse("office:proposal-paper", args=[proposal.number, token]),
        protected=is_flagged(case),
    )
    found = iter(shown)
    return [Paper(name) if upload is None else next(found) for name, upload in named]
