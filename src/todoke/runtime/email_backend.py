"""E-mail backend 送信口: passes all mail to the configured backend unless sends are blocked."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from todoke.runtime.mail_addresses import leads_nowhere
from todoke.runtime.models import is_send_blocked


class SendBlocked(OSError):
    """Sends are blocked on this installation (差止め中); an OSError, so senders retry as for an absent mail server."""


class BlockableBackend(BaseEmailBackend):
    """Delegates to the backend named by ``TODOKE_EMAIL_BACKEND`` unless a send block is in force."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.inner = get_connection(settings.EMAIL_TRANSPORT, fail_silently=fail_silently, **kwargs)

    def open(self) -> bool | None:
        return None if is_send_blocked() else self.inner.open()

    def close(self) -> None:
        self.inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send and return how many were sent; what goes to accounts of other systems is dropped and counts as sent.

        Raises SendBlocked, and then sends nothing.
        """
        if is_send_blocked():
            raise SendBlocked("この環境は控えから戻した写しです。解除されるまで、メールは送りません。")
        kept = [each for each in email_messages if not all(map(leads_nowhere, each.recipients()))]
        return (self.inner.send_messages(kept) or 0 if kept else 0) + len(email_messages) - len(kept)
