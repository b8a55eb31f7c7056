"""Telling 通知: what applicants hear at each stage, through the outbox and in the transaction of the act."""

from todoke.accounts.actors import Actor
from todoke.audit.log import subject_of
from todoke.cases.models.case import Case
from todoke.japanese.calendar import JAPAN, on_page
from todoke.notices import outbox
from todoke.runtime.links import absolute


def address_of(case: Case) -> str:
    """Return where the applicant looks at the case."""
    return absolute("portal:case", case.number)


def tell(case: Case, template: str, *, by: Actor, **context: object) -> None:
    """Post a notice to the applicant; without an e-mail address the office tells by letter or telephone."""
    if not case.applicant_email:
        return
    name = " ".join(case.applicant_name.split()) or "申請者"
    received = case.received_at.astimezone(JAPAN)
    outbox.enqueue(
        template,
        to=outbox.Recipient(case.applicant_email, case.applicant, name),
        context={
            "name": name,
            "procedure": case.title,
            "number": case.number,
            "received_at": f"{on_page(received.date())} {received:%H:%M}",
            "url": address_of(case),
            **context,
        },
        about=subject_of(case),
        by=by,
    )
