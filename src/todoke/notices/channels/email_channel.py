"""Mail channel 電子メール: sends over Django's e-mail backend, therefore also over anymail's providers."""

import smtplib
from typing import ClassVar

from django.conf import settings
from django.core.mail import EmailMessage

from todoke.notices.channels.delivery_errors import PermanentFailure, TemporaryFailure
from todoke.notices.models import Delivery


class EmailChannel:
    """Sends one mail per delivery with a constant Message-ID, so that a repeated mail can be recognised."""

    KEEPS_TEXT: ClassVar[bool] = False

    def send(self, delivery: Delivery) -> None:
        """Send the mail. Raises PermanentFailure for refused recipients, TemporaryFailure for any other error."""
        message = delivery.message
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[message.email],
            headers={"Message-ID": f"<{message.token}@{domain}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _ in refusal.recipients.values()]
            if codes and all(code >= 500 for code in codes):
                raise PermanentFailure(f"宛先が拒まれました({codes[0]})") from refusal
            raise TemporaryFailure("宛先が一時的に受け取れません") from refusal
        except (OSError, smtplib.SMTPException) as trouble:
            raise TemporaryFailure(f"メールサーバーに渡せません({type(trouble).__name__})") from trouble
