"""Mail 送信口: the one door through which mail leaves; a held copy keeps it shut."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from todoke.runtime.models import is_held


class Held(OSError):
    """This copy may not send mail yet (差止め中). Whoever sends treats it like a mail server that is away."""


class HeldBackend(BaseEmailBackend):
    """Hands mail to the backend of the installation (``TODOKE_EMAIL_BACKEND``) unless a hold is in force."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.inner = get_connection(settings.MAIL_CARRIER, fail_silently=fail_silently, **kwargs)

    def open(self) -> bool | None:
        return None if is_held() else self.inner.open()

    def close(self) -> None:
        self.inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send, or raise Held and send nothing."""
        if is_held():
            raise Held("この環境は控えから戻した写しです。解除されるまで、メールは送りません。")
        return self.inner.send_messages(email_messages) or 0
