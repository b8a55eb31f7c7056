"""Filing 編てつ: every closed case becomes a record, with the words that were decided on."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.approvals.trail import trail_of
from todoke.cases.answers import summary_rows
from todoke.cases.models import Case
from todoke.japanese.calendar import business_date, in_era, today
from todoke.records.models import Classification, RecordFile
from todoke.records.models.file import Leaf

DECISIONS = "申請に対する処分"


def classification() -> Classification:
    """Return the line of the table under which applications are filed: at first, five fiscal years."""
    return Classification.objects.get_or_create(
        code="SHOBUN", defaults={"name": DECISIONS, "years": 5, "basis": "文書管理規程(初期設定)"}
    )[0]


def leaves_of(case: Case) -> list[Leaf]:
    """Write out what is kept: the application as it stood, the decision, and who decided."""
    answers = "\n".join(f"{row.heading} {row.label}: {row.text}".strip() for row in summary_rows(case.submission))
    papers = "\n".join(case.submission.uploads.kept().values_list("name", flat=True))
    found = [Leaf("申請書", f"申請者: {case.applicant_name}\n{answers}", case.body_hash)]
    if papers:
        found.append(Leaf("添付書類の一覧", papers))
    found.append(Leaf("決定", f"{case.get_status_display()}\n{case.decision_reason}".strip()))
    if case.proposal is not None:
        marks = [
            f"{mark.kind} {mark.place} {mark.person} {mark.capacity} {mark.outcome} {mark.opinion}".strip()
            for mark in trail_of(case.proposal)
            if mark.person
        ]
        found.append(Leaf("決裁欄", "\n".join(marks), case.proposal.dossier_hash))
    return found


@transaction.atomic
def file_case(case: Case, *, by: Actor) -> RecordFile:
    """File a closed case, once."""
    closed_on = business_date(case.decided_at) if case.decided_at else today()
    return RecordFile.file_away(
        number=case.number,
        title=f"{case.title}({in_era(case.received_on)}受付)",
        kind=case.title,
        outcome=case.get_status_display(),
        classification=classification(),
        department=case.department,
        closed_on=closed_on,
        leaves=leaves_of(case),
        by=by,
    )
