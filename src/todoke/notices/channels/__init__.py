"""Channels 経路: the ways to a reader. A setting (``TODOKE_NOTICES``) names the one in use."""

from todoke.notices.channels.delivery_errors import Permanent, Temporary
from todoke.notices.channels.mailbox import Mailbox
from todoke.notices.channels.smtp import Smtp

CHANNELS: dict[str, Mailbox | Smtp] = {"mailbox": Mailbox(), "smtp": Smtp()}

__all__ = ["CHANNELS", "Mailbox", "Permanent", "Smtp", "Temporary"]
