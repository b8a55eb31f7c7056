"""Loan reminders 返却の知らせ: three days before, on the day, and every week after it."""

from datetime import date

from django.db import transaction

from todoke.accounts.actors import System
from todoke.japanese.calendar import format_date, today
from todoke.notices.models import Message
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.systems.models.device_loan import DeviceLoan
from todoke.systems.models.incident_notice import current_chiefs

CODE, BEFORE, EVERY = "device-due", 3, 7


def is_told(due_on: date, day: date) -> bool:
    """Whether a borrower is told on a day: three days before the due day, on it, and each seventh day after it."""
    late = (day - due_on).days
    return late == -BEFORE or (late >= 0 and late % EVERY == 0)


def remind(on: date | None = None) -> int:
    """Mail who answers for each loan, and the chief once it is late; each once, also when run twice. Returns how many.

    A loan of a section is told to its chief.
    """
    day, sent = on or today(), 0
    loans = DeviceLoan.objects.open().select_related("device", "borrower", "department")
    for loan in [each for each in loans if is_told(each.due_on, day)]:
        about = f"{loan.number} {format_date(day)}"
        if Message.objects.filter(code=CODE, about=about).exists():
            continue
        with transaction.atomic():
            for person in _recipients(loan, day):
                enqueue(CODE, to=person, context=_context(loan, person, day), about=about, by=System("返却の知らせ"))
                sent += 1
    return sent


def _recipients(loan: DeviceLoan, day: date) -> list[Recipient]:
    people = [Recipient.of(loan.borrower)] if loan.borrower and loan.borrower.is_active else []
    if not people or day > loan.due_on:
        people += [each for each in current_chiefs([loan.department]) if each.user != loan.borrower]
    return people


def _context(loan: DeviceLoan, person: Recipient, day: date) -> dict[str, object]:
    late = (day - loan.due_on).days
    state = (
        f"期限を{late}日過ぎています"
        if late > 0
        else "返却の期限はきょうです"
        if late == 0
        else "返却の期限が近づきました"
    )
    return {
        "name": person.name, "device": str(loan.device), "number": loan.number, "due": format_date(loan.due_on),
        "state": state, "who": loan.borrower.name if loan.borrower else loan.department.name,
        "url": absolute("office:my-devices"),
    }  # fmt: skip
