"""Mutants that leave secrets behind 秘密を残す欠陥: in a row after its mail was sent, in a log, and in public."""

from typing import Any

import structlog

from todoke.notices.channels.email_channel import EmailChannel
from todoke.notices.models import Delivery
from todoke.notices.models.message import MessageQuerySet
from todoke.voices.models import PublicComment


def mail_text_kept() -> None:
    """Keep the text of a mail with a link or a code after it was sent."""

    def kept(rows: MessageQuerySet) -> int:
        return 0

    setattr(MessageQuerySet, "erase_secrets", kept)  # noqa: B010 - a fault replaces a verb


def code_logged() -> None:
    """Write what is mailed to the log."""
    send: Any = EmailChannel.send

    def logged(self: EmailChannel, delivery: Delivery) -> None:
        structlog.get_logger().warning("mail", body=delivery.message.body)
        send(self, delivery)

    setattr(EmailChannel, "send", logged)  # noqa: B010 - the same


def masked_words_published() -> None:
    """Publish opinions without their masks."""
    setattr(PublicComment, "spans", [])  # noqa: B010 - a fault replaces a property
