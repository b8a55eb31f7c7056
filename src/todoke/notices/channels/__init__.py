"""Channels 経路: ways to send a message. The setting ``TODOKE_NOTICES`` names the one in use."""

from todoke.notices.channels.delivery_errors import PermanentFailure, TemporaryFailure
from todoke.notices.channels.mailbox import MailboxChannel
from todoke.notices.channels.smtp import SmtpChannel

CHANNELS: dict[str, MailboxChannel | SmtpChannel] = {"mailbox": MailboxChannel(), "smtp": SmtpChannel()}

__all__ = ["CHANNELS", "MailboxChannel", "PermanentFailure", "SmtpChannel", "TemporaryFailure"]
