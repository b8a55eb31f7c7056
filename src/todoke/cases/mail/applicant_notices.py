"""Applicant notices 通知: mails to applicants at each stage, enqueued in the transaction of the act."""

from todoke.accounts.actors import Actor
from todoke.audit.log import subject_of
from todoke.cases.models.case import Case
from todoke.japanese.calendar import JAPAN, format_date
from todoke.notices import outbox
from todoke.runtime.links import absolute


def case_url(case: Case) -> str:
    """Return the address of the applicant's page of a case."""
    return absolute("portal:case", case.number)


def notify_applicant(case: Case, template: str, *, by: Actor, **context: object) -> None:
    """Enqueue a notice to the applicant; does nothing without an e-mail address."""
    if not case.applicant_email:
        return
    name = " ".join(case.applicant_name.split()) or "申請者"
    received = case.received_at.astimezone(JAPAN)
    outbox.enqueue(
        template,
        to=outbox.Recipient(case.applicant_email, case.applicant, name, case.submission.language),
        context={
            "name": name,
            "procedure": case.title,
            "number": case.number,
            "received_at": f"{format_date(received.date())} {received:%H:%M}",
            "url": case_url(case),
            "contact": f"{case.department.name} {case.department.phone}".strip(),
            **context,
        },
        about=subject_of(case),
        by=by,
    )
