"""Outbox 発信箱: writes a notice in the transaction of the act it is about; a background job delivers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.compiled_queries import CompiledInsert
from todoke.design.municipality import municipality
from todoke.design.page_languages import speaks_japanese
from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority
from todoke.notices.default_templates import default_templates
from todoke.notices.models import Delivery, Message
from todoke.notices.models.template import one_line, published_version, render_placeholders
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.runtime.secret_text import SecretText

_MESSAGE, _DELIVERY = CompiledInsert(Message), CompiledInsert(Delivery)
MAX_NAME = 100
DELIVER = "todoke.notices.tasks.deliver"


@dataclass(frozen=True)
class Recipient:
    """宛先: an e-mail address, with the account, the name and the language of the person where they are known."""

    email: str
    user: User | None = None
    name: str = ""
    language: str = "ja"

    @classmethod
    def of(cls, user: User) -> "Recipient":
        """Return the recipient of an account."""
        return cls(user.email, user, user.name)


class TemplateMissing(LookupError):
    """No template is published or built in under this code (文面がありません)."""


def render(code: str, context: Mapping[str, object]) -> tuple[str, str, int | None]:
    """Return subject, body and version id of a notice. Raises TemplateMissing, and KeyError for a missing value."""
    values = {"municipality": municipality().name, **context}
    if version := published_version(code):
        return render_placeholders(version.subject, values), render_placeholders(version.body, values), version.pk
    if built_in := default_templates().get(code):
        return render_placeholders(built_in.subject, values), render_placeholders(built_in.body, values), None
    raise TemplateMissing(code)


def render_english(code: str, context: Mapping[str, object], language: str) -> str:
    """Return the English words of a notice for a person who does not read Japanese, else "".

    They stand below the body, also below one that the office published. Raises KeyError for a missing value.
    """
    built_in = default_templates().get(code)
    if built_in is None or not built_in.english or speaks_japanese(language):
        return ""
    return f"\n\n{render_placeholders(built_in.english, {'municipality': municipality().name, **context})}"


def enqueue(
    template: str,
    *,
    to: Recipient,
    context: Mapping[str, object],
    about: str,
    by: Actor,
    priority: Priority = Priority.NORMAL,
) -> Message:
    """Write a notice to one person and queue its delivery, both in the caller's transaction.

    A text into which a SecretText was written is cleared once it was sent or opens nothing any more.

    Raises ValidationError for an invalid address or a subject that is too long or has a line break, TemplateMissing for
    an unknown template code, KeyError when the context lacks a value that the text names.
    """
    if not is_mail_address(one_line(to.email)):
        raise ValidationError("この宛先には、メールを送れません。")
    subject, body, version = render(template, context)
    if len(subject) > 300:
        raise ValidationError("件名が長すぎます(300文字まで)。")
    message = Message(
        code=template,
        version_id=version,
        user=to.user,
        email=mail_address(to.email),
        name=one_line(to.name)[:MAX_NAME],
        subject=one_line(subject),
        body=body + render_english(template, context, to.language),
        about=about,
        secret_until=max((text.until for text in context.values() if isinstance(text, SecretText)), default=None),
    )
    with transaction.atomic(savepoint=False):
        _MESSAGE.save(message)
        delivery = Delivery(message=message, channel=settings.NOTICE_CHANNEL)
        _DELIVERY.save(delivery)
        record(message, "通知の作成", by=by, after={"文面": template, "対象": about}, first=True)
        task_named(DELIVER).using(priority=priority).enqueue(delivery.pk)
    return message


def send_held(delivery: Delivery) -> bool:
    """Queue a held delivery again, in the caller's transaction; False when it is not held any more."""
    moved = delivery.requeue()
    if moved:
        task_named(DELIVER).enqueue(delivery.pk)
    return moved
