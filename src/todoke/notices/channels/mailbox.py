"""Mailbox channel 受信箱: for the demo; messages are only shown on a page and never sent out."""

from typing import ClassVar

from todoke.notices.models import Delivery


class MailboxChannel:
    """Channel that sends nothing: a message is in the mailbox as soon as its delivery is marked as sent."""

    KEEPS_TEXT: ClassVar[bool] = True
    """The reader reads the stored text."""

    def send(self, delivery: Delivery) -> None:
        """Do nothing; the caller marks the delivery as sent."""
