"""The outbox 発信箱: a notice is written in the transaction of what it tells about, and delivered afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority
from todoke.notices.default_templates import WORDINGS
from todoke.notices.models import Delivery, Message, fill, one_line, words_in_force

DELIVER = "todoke.notices.tasks.deliver"


@dataclass(frozen=True)
class Recipient:
    """宛先: an address, and the account and the name behind it where they are known."""

    email: str
    user: User | None = None
    name: str = ""

    @classmethod
    def of(cls, user: User) -> "Recipient":
        """Return where an account is reached."""
        return cls(user.email, user, user.name)


class NoWords(LookupError):
    """No text is published under this code, and none is built in (文面がありません)."""


def words_of(code: str, context: Mapping[str, object]) -> tuple[str, str, int | None]:
    """Return subject, body and version id of a notice, filled in. Raises NoWords, KeyError for a missing value."""
    values = {"municipality": settings.MUNICIPALITY, **context}
    if version := words_in_force(code):
        return fill(version.subject, values), fill(version.body, values), version.pk
    if built_in := WORDINGS.get(code):
        return fill(built_in.subject, values), fill(built_in.body, values), None
    raise NoWords(code)


def post(
    template: str,
    *,
    to: Recipient,
    context: Mapping[str, object],
    about: str,
    by: Actor,
    priority: Priority = Priority.NORMAL,
) -> Message:
    """Write a notice to one person and queue its delivery, both in the caller's transaction.

    Raises ValidationError for an address that is none or a subject with a line break, NoWords for an unknown template
    code, KeyError when the context lacks a value that the text names.
    """
    validate_email(one_line(to.email))
    subject, body, version = words_of(template, context)
    if len(subject) > 300:
        raise ValidationError("件名が長すぎます(300文字まで)。")
    message = Message(
        code=template,
        version_id=version,
        user=to.user,
        email=to.email,
        name=one_line(to.name),
        subject=one_line(subject),
        body=body,
        about=about,
    )
    with transaction.atomic(savepoint=False):
        message.save()
        delivery = Delivery.objects.create(message=message, channel=settings.NOTICE_CHANNEL)
        record(message, "通知の作成", by=by, after={"文面": template, "対象": about}, first=True)
        task_named(DELIVER).using(priority=priority).enqueue(delivery.pk)
    return message


def send_held(delivery: Delivery) -> bool:
    """Queue what was held, in the caller's transaction; False when somebody decided otherwise before."""
    moved = delivery.let_go()
    if moved:
        task_named(DELIVER).enqueue(delivery.pk)
    return moved
