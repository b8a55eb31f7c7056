"""Conversing やりとり・意見照会: clerk and applicant write to each other about a case, and departments are asked."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.applicant_notices import tell
from todoke.cases.models import Case, Exchange, Opinion
from todoke.japanese.calendar import on_page
from todoke.notices import outbox
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.links import absolute
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

Sender = Exchange.Sender
MOST_UNSEEN = 20


@transaction.atomic
def write_to_applicant(case: Case, text: str, *, by: User) -> Exchange:
    """Write to the applicant (申請者への連絡); a mail says that there is something to read, never what."""
    case.only_office(by)
    if not case.applicant_email:
        raise Refused("連絡先のメールアドレスがありません。電話か郵便で連絡し、内部メモに残してください。")
    made = Exchange.objects.create(case=case, sender=Sender.OFFICE, text=text, written_by=by)
    log.record(case, "申請者への連絡", by=by, after={"text": text})
    tell(case, "case-message", by=by)
    return made


@transaction.atomic
def write_to_office(case: Case, text: str, *, by: Actor) -> Exchange:
    """Write to the office as the applicant (担当への連絡); whoever is in charge hears of it."""
    if not text.strip():
        raise Refused("内容を書いてから、送ってください。")
    if case.exchanges.filter(sender=Sender.APPLICANT, seen_at__isnull=True).count() >= MOST_UNSEEN:
        raise Refused("担当がまだ読んでいない連絡がたくさんあります。返事を待つか、電話でお問い合わせください。")
    made = Exchange.objects.create(case=case, sender=Sender.APPLICANT, text=text, written_by=user_of(by))
    log.record(case, "申請者からの連絡", by=by, after={"text": text})
    if case.assignee is not None:
        _tell_staff("case-question", case.assignee, case, absolute("office:case", case.number))
    return made


def mark_seen(case: Case, sender: Sender) -> int:
    """Note that what one side wrote was seen by the other; return how many were new (0 while nothing is written)."""
    if read_only() is not None:
        return 0
    return case.exchanges.filter(sender=sender, seen_at__isnull=True).update(seen_at=timezone.now())


def read_by_applicant(case: Case) -> list[Exchange]:
    """Return the messages of a case, and note that the applicant saw those of the office."""
    found = list(case.exchanges.all())
    if any(message.sender == Sender.OFFICE and message.seen_at is None for message in found):
        mark_seen(case, Sender.OFFICE)
    return found


@transaction.atomic
def ask(case: Case, department: Department, question: str, *, by: User, due_on: date | None = None) -> Opinion:
    """Ask another department for its opinion (意見照会); it sees the question, not the application."""
    case.only_office(by)
    if department.pk == case.department_id:
        raise Refused("ほかの部署を選んでください。同じ部署の人には、内部メモで伝えられます。")
    case.only_open()
    asked = Opinion.objects.create(case=case, department=department, question=question, due_on=due_on, asked_by=by)
    case.note_passage("意見照会", by=by, reason=str(department), audience="office")
    log.record(case, "意見照会", by=by, after={"照会先": department.code, "内容": question})
    held = Tenure.objects.current().filter(post__department=department, post__role=Post.Role.CHIEF)
    for person in User.objects.filter(tenures__in=held, is_active=True).distinct():
        _tell_staff("opinion-asked", person, case, absolute("office:opinion", asked.token), due=due_on)
    return asked


@transaction.atomic
def answer(asked: Opinion, text: str, *, by: User) -> None:
    """Answer a question (意見の回答), once, for the department that was asked."""
    if not asked.can_answer(by):
        raise NotAllowed("この照会に回答できるのは、照会を受けた部署の職員です。回答は一度だけです。")
    now = timezone.now()
    if not Opinion.objects.waiting().filter(pk=asked.pk).update(answer=text, answered_at=now, answered_by=by):
        raise Conflict("ほかの人が先に回答したか、照会が取り下げられました。何も変わっていません。")
    asked.refresh_from_db()
    asked.case.note_passage("意見の回答", by=by, reason=str(asked.department), audience="office")
    log.record(asked.case, "意見の回答", by=by, after={"回答": text})
    _tell_staff("opinion-answered", asked.asked_by, asked.case, absolute("office:opinion", asked.token))


@transaction.atomic
def cancel(asked: Opinion, *, by: User) -> None:
    """Take a question back that was not answered yet (照会の取下げ)."""
    asked.case.only_office(by)
    if not Opinion.objects.waiting().filter(pk=asked.pk).update(cancelled_at=timezone.now()):
        raise Conflict("この照会は、すでに回答されたか取り下げられています。")
    log.record(asked.case, "照会の取下げ", by=by)


def _tell_staff(template: str, person: User, case: Case, url: str, *, due: date | None = None) -> None:
    context = {
        "name": person.name,
        "number": case.number,
        "procedure": case.title,
        "url": url,
        "due": f"{on_page(due)}まで" if due else "できるだけ早く",
    }
    to = outbox.Recipient.of(person)
    outbox.enqueue(template, to=to, context=context, about=log.subject_of(case), by=System())
