"""Channels 経路: ways to send a message. The setting ``TODOKE_NOTICES`` names the one in use."""

from todoke.notices.channels.delivery_errors import PermanentFailure, TemporaryFailure
from todoke.notices.channels.email_channel import EmailChannel
from todoke.notices.channels.mailbox import MailboxChannel

CHANNELS: dict[str, MailboxChannel | EmailChannel] = {"mailbox": MailboxChannel(), "smtp": EmailChannel()}

__all__ = ["CHANNELS", "EmailChannel", "MailboxChannel", "PermanentFailure", "TemporaryFailure"]
