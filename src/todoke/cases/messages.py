"""Messages やりとり・意見照会: between clerk and applicant, and opinions requested of other departments."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, CaseMessage, Opinion
from todoke.japanese.calendar import format_date
from todoke.notices import outbox
from todoke.organization.models import Department, Tenure
from todoke.runtime.links import absolute
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

Sender = CaseMessage.Sender
MAX_UNSEEN = 20


@transaction.atomic
def write_to_applicant(case: Case, text: str, *, by: User) -> CaseMessage:
    """Send a message to the applicant (申請者への連絡); the mail says that there is one, never its text.

    Raises Refused when the applicant gave no e-mail address.
    """
    case.require_department(by)
    if not case.applicant_email:
        raise Refused("連絡先のメールアドレスがありません。電話か郵便で連絡し、内部メモに残してください。")
    made = CaseMessage.objects.create(case=case, sender=Sender.OFFICE, text=text, written_by=by)
    log.record(case, "申請者への連絡", by=by, after={"text": text})
    notify_applicant(case, "case-message", by=by)
    return made


@transaction.atomic
def write_to_office(case: Case, text: str, *, by: Actor) -> CaseMessage:
    """Send a message of the applicant to the office (担当への連絡), and notify the assignee.

    Raises Refused for an empty text, or while too many are unread.
    """
    if not text.strip():
        raise Refused("内容を書いてから、送ってください。")
    if case.messages.filter(sender=Sender.APPLICANT, seen_at__isnull=True).count() >= MAX_UNSEEN:
        raise Refused("担当がまだ読んでいない連絡がたくさんあります。返事を待つか、電話でお問い合わせください。")
    made = CaseMessage.objects.create(case=case, sender=Sender.APPLICANT, text=text, written_by=user_of(by))
    log.record(case, "申請者からの連絡", by=by, after={"text": text})
    if case.assignee is not None:
        _tell_staff("case-question", case.assignee, case, absolute("office:case", case.number))
    return made


def mark_seen(case: Case, sender: Sender) -> int:
    """Mark the messages of one side as seen; return how many were new."""
    if read_only() is not None:
        return 0
    return case.messages.filter(sender=sender, seen_at__isnull=True).update(seen_at=timezone.now())


def read_by_applicant(case: Case) -> list[CaseMessage]:
    """Return the messages of a case, and mark those of the office as seen."""
    found = list(case.messages.all())
    if any(message.sender == Sender.OFFICE and message.seen_at is None for message in found):
        mark_seen(case, Sender.OFFICE)
    return found


@transaction.atomic
def request_opinion(
    case: Case, department: Department, question: str, *, by: User, due_on: date | None = None
) -> Opinion:
    """Request another department's opinion (意見照会); it sees the question, not the application.

    Raises Refused for one's own department.
    """
    case.require_department(by)
    if department.pk == case.department_id:
        raise Refused("ほかの部署を選んでください。同じ部署の人には、内部メモで伝えられます。")
    case.require_open()
    asked = Opinion.objects.create(case=case, department=department, question=question, due_on=due_on, asked_by=by)
    case.log_event("意見照会", by=by, reason=str(department), audience="office")
    log.record(case, "意見照会", by=by, after={"照会先": department.code, "内容": question})
    held = Tenure.objects.current().chiefs().filter(post__department=department)
    for person in User.objects.filter(tenures__in=held, is_active=True).distinct():
        _tell_staff("opinion-asked", person, case, absolute("office:opinion", asked.token), due=due_on)
    return asked


@transaction.atomic
def answer_opinion(asked: Opinion, text: str, *, by: User) -> None:
    """Answer a request (意見の回答), once.

    Raises NotAllowed to other departments, Conflict when answered or withdrawn.
    """
    if not asked.can_answer(by):
        raise NotAllowed("この照会に回答できるのは、照会を受けた部署の職員です。回答は一度だけです。")
    now = timezone.now()
    if not Opinion.objects.waiting().filter(pk=asked.pk).update(answer=text, answered_at=now, answered_by=by):
        raise Conflict("ほかの人が先に回答したか、照会が取り下げられました。何も変わっていません。")
    asked.refresh_from_db()
    asked.case.log_event("意見の回答", by=by, reason=str(asked.department), audience="office")
    log.record(asked.case, "意見の回答", by=by, after={"回答": text})
    _tell_staff("opinion-answered", asked.asked_by, asked.case, absolute("office:opinion", asked.token))


@transaction.atomic
def cancel_opinion(asked: Opinion, *, by: User) -> None:
    """Withdraw a request that was not answered yet (照会の取下げ). Raises Conflict otherwise."""
    asked.case.require_department(by)
    if not Opinion.objects.waiting().filter(pk=asked.pk).update(cancelled_at=timezone.now()):
        raise Conflict("この照会は、すでに回答されたか取り下げられています。")
    log.record(asked.case, "照会の取下げ", by=by)


def _tell_staff(template: str, person: User, case: Case, url: str, *, due: date | None = None) -> None:
    context = {
        "name": person.name,
        "number": case.number,
        "procedure": case.title,
        "url": url,
        "due": f"{format_date(due)}まで" if due else "できるだけ早く",
    }
    to = outbox.Recipient.of(person)
    outbox.enqueue(template, to=to, context=context, about=log.subject_of(case), by=System())
