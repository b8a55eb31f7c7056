"""Mutants that lose, double or alter data 失う・重なる・変わる欠陥: each is a mistake known from practice."""

import itertools
import os
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from todoke.approvals.models import Proposal, Step, StepDecision
from todoke.audit import log
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.cases.models.case import IssuedNumber
from todoke.federation.levels import Act
from todoke.formbuilder.models import Submission, upload
from todoke.japanese.calendar import today
from todoke.notices import outbox, tasks
from todoke.notices.channels import CHANNELS, TemporaryFailure
from todoke.notices.models import Delivery
from todoke.portal.access import actor_of, open_draft
from todoke.portal.urls import application as addresses
from todoke.portal.voices.urls import consultations as calls
from todoke.portal.voices.views import consultations
from todoke.runtime.sqlite.group_commit import GroupCommit
from todoke.voices.models import CommentReceipt, Consultation, comment_receipt

register: Any = comment_receipt
SLOW = 0.3
LATE = 1.5


def later(act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Run a function after the response in a thread: a kill in between loses it."""

    def work() -> None:
        time.sleep(LATE)
        try:
            act(*args, **kwargs)
        finally:
            connections.close_all()

    threading.Thread(target=work, daemon=True).start()


def replace_view(patterns: list[URLPattern], name: str, view: Callable[..., HttpResponse]) -> None:
    """Answer the address of this name by another view. Raises LookupError where there is none."""
    found = [pattern for pattern in patterns if pattern.name == name]
    if not found:
        raise LookupError(name)
    for pattern in found:
        pattern.callback = view


def reply_before_commit() -> None:
    """Show the receipt under a number assigned beforehand, and store the case afterwards."""
    given, issue = threading.local(), IssuedNumber.issue

    def issue_given(cls: type[IssuedNumber], on: Any) -> str:
        return getattr(given, "number", "") or issue(on)

    def write(draft: Any, number: str, by: Any) -> None:
        given.number = number
        intake.accept(draft.submission, by=by, seen="")

    def send(request: HttpRequest, token: str) -> HttpResponse:
        draft = open_draft(request, token, Act.SEND)
        case = Case.objects.filter(submission=draft.submission).first()
        number = case.number if case else issue(today())
        if case is None:
            later(write, draft, number, actor_of(request))
        return HttpResponse(f'<strong class="receipt-number">{number}</strong>')

    setattr(IssuedNumber, "issue", classmethod(issue_given))  # noqa: B010 - replaced on purpose
    replace_view(addresses.of_application, "submission", send)


def commit_off() -> None:
    """PostgreSQL with synchronous_commit=off on every connection."""
    from_settings = connections.databases["default"]["OPTIONS"]
    from_settings["options"] = from_settings.get("options", "") + " -c synchronous_commit=off"
    connections.close_all()


def synchronous_normal() -> None:
    """SQLite with synchronous=NORMAL."""
    options = connections.databases["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")


def log_not_flushed() -> None:
    """SQLite commits without a flush of the write-ahead log."""
    setattr(GroupCommit, "flush", lambda commits, number: None)  # noqa: B010 - replaced on purpose


def file_after_commit() -> None:
    """Store the row of an attachment first and its bytes afterwards."""

    def write_to(path: str, content: bytes) -> None:
        default_storage.save(path, ContentFile(content))

    def promise(content: bytes, suffix: str) -> str:
        path = f"uploads/{upload.new_token()}{suffix}"
        later(write_to, path, content)
        return path

    upload.store_file = promise


def no_file_fsync() -> None:
    """Write attachments without fsync."""

    class Hasty:
        def __getattr__(self, name: str) -> Any:
            return (lambda handle: None) if name == "fsync" else getattr(os, name)

    setattr(upload, "os", Hasty())  # noqa: B010 - the name is the module's own import


def unique_key_dropped() -> None:
    """Drop the unique constraint of one case per submission, and the row lock before it."""
    field = Case._meta.get_field("submission").column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, facts in connection.introspection.get_constraints(cursor, Case._meta.db_table).items():
                if facts["unique"] and facts["columns"] == [field]:
                    cursor.execute(f'ALTER TABLE "{Case._meta.db_table}" DROP CONSTRAINT "{name}"')

    def mark_submitted(self: Submission, at: datetime) -> bool:
        time.sleep(LATE)
        Submission.objects.filter(pk=self.pk).update(status=Submission.Status.SUBMITTED, submitted_at=at, saved_at=at)
        return True

    Submission.mark_submitted = mark_submitted  # type: ignore[method-assign] # replaced on purpose


def retry_without_key() -> None:
    """Retry as a new application: residents lose the address of the draft that they were sending."""


def audit_outside() -> None:
    """Write audit entries after the transaction, in a thread."""
    record = log.record

    def afterwards(thing: Any, act: str, **facts: Any) -> None:
        subject = log.subject_of(thing)
        transaction.on_commit(lambda: later(record, subject, act, **facts))

    log.record = afterwards  # type: ignore[assignment] # replaced on purpose by one that returns nothing


def sequence_per_process() -> None:
    """Count receipt numbers in the memory of each process."""
    serial = itertools.count(1)

    def issue(cls: type[IssuedNumber], on: Any) -> str:
        return str(cls(pk=next(serial), year=on.year))

    setattr(IssuedNumber, "issue", classmethod(issue))  # noqa: B010 - replaced on purpose


def atomic_removed() -> None:
    """Store the parts of an application without a transaction."""

    @contextmanager
    def nothing(*_: Any, **__: Any) -> Any:
        yield

    class Atomicless:
        def __getattr__(self, name: str) -> Any:
            return nothing if name == "atomic" else getattr(transaction, name)

    write = intake._write

    def slowly(*args: Any, **kwargs: Any) -> Any:
        case = write(*args, **kwargs)
        time.sleep(SLOW)
        return case

    setattr(intake, "transaction", Atomicless())  # noqa: B010 - the name is the module's own import
    intake._write = slowly


def mail_inside() -> None:
    """Send mail inside the open transaction."""
    post = outbox.enqueue

    def at_once(*args: Any, **kwargs: Any) -> Any:
        message = post(*args, **kwargs)
        for delivery in message.deliveries.all():
            CHANNELS[delivery.channel].send(delivery)
        time.sleep(SLOW)
        return message

    outbox.enqueue = at_once


def no_consumer_mark() -> None:
    """Send without marking the message as sent, with a new Message-ID each time."""

    def carry(delivery_id: int) -> None:
        delivery = Delivery.objects.select_related("message").get(pk=delivery_id)
        delivery.message.token = upload.new_token()
        CHANNELS[delivery.channel].send(delivery)
        raise TemporaryFailure("marked by nobody")

    setattr(tasks, "carry", carry)  # noqa: B010 - the name is the module's own import


def read_then_write() -> None:
    """Approve without the condition on the state that was read."""

    def look(self: Proposal, seen: str) -> None:
        time.sleep(SLOW)

    def write(self: Proposal, step: Step, authority: Any, outcome: str, *, by: Any, opinion: str, seen: str) -> None:
        Step.objects.filter(pk=step.pk).update(status=Step.Status.DONE)
        StepDecision.objects.create(
            step=step, by=by, post=authority.post, capacity=authority.capacity, outcome=outcome, dossier_hash=seen
        )

    Proposal._claim = look  # type: ignore[method-assign] # replaced on purpose
    Proposal._write = write  # type: ignore[method-assign] # replaced on purpose


def opinion_after_reply() -> None:
    """Show the number of an opinion, assigned beforehand, and store the opinion afterwards."""
    given, following = threading.local(), register.next_position

    def next_position(*args: Any) -> int:
        return getattr(given, "sequence", 0) or int(following(*args))

    def write(request: HttpRequest, number: str, sequence: int) -> None:
        given.sequence = sequence
        consultations.opinion(request, number)

    def send(request: HttpRequest, number: str) -> HttpResponse:
        token = request.POST.get("token", "")
        if request.method != "POST" or CommentReceipt.objects.filter(token=token).exists():
            return consultations.opinion(request, number)
        sequence = time.time_ns() // 1_000_000 % 2_000_000_000
        later(write, request, number, sequence)
        told = CommentReceipt(consultation=Consultation.objects.get(number=number), sequence=sequence)
        return HttpResponse(f"<strong>{told.number}</strong>")

    register.next_position = next_position
    replace_view(calls.urlpatterns, "consultation-opinion", send)
