"""A server with a planted fault 植えた欠陥: a proof that was never seen to fail proves nothing.

Started only by a proof, with the fault's name in ``TODOKE_FAULT``; the product itself has no such switch.
"""

import os
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import django
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import execute_from_command_line
from django.db import connections, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
django.setup()

from django.http import HttpRequest, HttpResponse  # noqa: E402 - needs the settings

from todoke import wsgi  # noqa: E402 - needs the settings
from todoke.audit import chain  # noqa: E402 - needs the settings
from todoke.cases import intake  # noqa: E402 - needs the settings
from todoke.formbuilder import carrying  # noqa: E402 - needs the settings
from todoke.formbuilder.document import Question  # noqa: E402 - needs the settings
from todoke.formbuilder.models import upload  # noqa: E402 - needs the settings
from todoke.formbuilder.models.carryover import Carryover  # noqa: E402 - needs the settings
from todoke.notices import outbox, tasks  # noqa: E402 - needs the settings
from todoke.notices.channels import CHANNELS, Temporary  # noqa: E402 - needs the settings
from todoke.notices.models import Delivery  # noqa: E402 - needs the settings
from todoke.portal.doors import actor_of, open_draft  # noqa: E402 - needs the settings
from todoke.portal.urls import application as addresses  # noqa: E402 - needs the settings

SLOW = 0.4


def _later(act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Do something after the answer, on a thread of its own: whoever is killed meanwhile loses it."""

    def work() -> None:
        time.sleep(SLOW)
        try:
            act(*args, **kwargs)
        finally:
            connections.close_all()

    threading.Thread(target=work, daemon=True).start()


def reply_before_commit() -> None:
    """Show the receipt first and write the case afterwards."""
    accept, number = intake.accept, random.Random()  # noqa: S311 - a wrong number is the fault

    def send(request: HttpRequest, token: str) -> HttpResponse:
        draft = open_draft(request, token)
        _later(accept, draft.submission, by=actor_of(request), seen="")
        return HttpResponse(f'<strong class="receipt-number">9999-{number.randrange(10**6):06}</strong>')

    _replace_view("submission", send)


def _replace_view(name: str, view: Callable[..., HttpResponse]) -> None:
    for pattern in addresses.urlpatterns:
        if pattern.name == name:
            pattern.callback = view


def commit_off() -> None:
    """Let PostgreSQL answer before the log is on disk."""
    from_settings = connections.databases["default"]["OPTIONS"]
    from_settings["options"] = from_settings.get("options", "") + " -c synchronous_commit=off"


def synchronous_normal() -> None:
    """Let SQLite answer before the log is on disk."""
    options = connections.databases["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")


def file_after_commit() -> None:
    """Write the row of an attachment first and its bytes afterwards."""

    def promise(content: bytes, suffix: str) -> str:
        path = f"uploads/{upload.new_token()}{suffix}"
        _later(_write_to, path, content)
        return path

    def _write_to(path: str, content: bytes) -> None:
        default_storage.save(path, ContentFile(content))

    upload.store = promise


def audit_outside() -> None:
    """Write the audit after the transaction, when somebody finds the time."""
    record = chain.record

    def afterwards(thing: Any, act: str, **facts: Any) -> None:
        transaction.on_commit(lambda: _later(record, chain.subject_of(thing), act, **facts))

    chain.record = afterwards  # type: ignore[assignment]


def atomic_removed() -> None:
    """Write the parts of an application one by one."""

    @contextmanager
    def nothing(*_: Any, **__: Any) -> Any:
        yield

    class Atomicless:
        def __getattr__(self, name: str) -> Any:
            return nothing if name == "atomic" else getattr(transaction, name)

    accept_one = intake._accept

    def slowly(*args: Any, **kwargs: Any) -> Any:
        case = accept_one(*args, **kwargs)
        time.sleep(SLOW)
        return case

    setattr(intake, "transaction", Atomicless())  # noqa: B010 - the name is the module's own import
    intake._accept = slowly


def mail_inside() -> None:
    """Hand the mail over while the transaction is still open."""
    post = outbox.post

    def at_once(*args: Any, **kwargs: Any) -> Any:
        message = post(*args, **kwargs)
        for delivery in message.deliveries.all():
            CHANNELS[delivery.channel].send(delivery)
        time.sleep(SLOW)
        return message

    outbox.post = at_once


def no_consumer_mark() -> None:
    """Deliver without marking what was delivered, under a new identity each time."""

    def carry(delivery_id: int) -> None:
        delivery = Delivery.objects.select_related("message").get(pk=delivery_id)
        delivery.message.token = upload.new_token()
        CHANNELS[delivery.channel].send(delivery)
        raise Temporary("marked by nobody")

    setattr(tasks, "carry", carry)  # noqa: B010 - the name is the module's own import


def silent_carryover() -> None:
    """Carry answers to a newer form without telling anybody what was dropped."""
    setattr(Carryover, "tell", staticmethod(lambda *_: None))  # noqa: B010 - a fault replaces a verb


def option_replaced() -> None:
    """Put the first option that is left where the chosen one is gone."""

    def first(question: Question, value: Any) -> Any:
        allowed = question.option_values()
        return value if not allowed or value in allowed else allowed[0]

    setattr(carrying, "_options_kept", first)  # noqa: B010 - the name is the module's own


FAULTS: dict[str, Callable[[], None]] = {
    fault.__name__.replace("_", "-"): fault
    for fault in (
        reply_before_commit, commit_off, synchronous_normal, file_after_commit, audit_outside, atomic_removed,
        mail_inside, no_consumer_mark, silent_carryover, option_replaced,
    )
}  # fmt: skip

FAULTS[os.environ["TODOKE_FAULT"]]()
application = wsgi.application

if __name__ == "__main__":
    execute_from_command_line(["./todoke", *sys.argv[1:]])
