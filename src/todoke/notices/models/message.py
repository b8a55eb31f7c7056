"""Messages 通知: what one person is told, written once; how it travels is in its deliveries."""

from datetime import datetime

from django.db import models
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.notices.models.template import TemplateVersion


def new_token() -> str:
    """Return a random token of 24 characters."""
    return get_random_string(24)


class MessageQuerySet(models.QuerySet["Message"]):
    def delivered_to(self, email: str) -> "MessageQuerySet":
        """Messages sent to an e-mail address (受信箱), newest first."""
        return self.filter(email__iexact=email, deliveries__status="sent").distinct().order_by("-pk")

    def with_ended_secrets(self, now: datetime) -> "MessageQuerySet":
        """Messages whose text still holds a code or a link that opens nothing any more."""
        return self.filter(secret_until__lte=now)

    def erase_secrets(self) -> int:
        """Clear the text of those that hold a code or a link; return how many. To whom and when stays."""
        return self.filter(secret_until__isnull=False).update(body="", secret_until=None)

    def visible_to(self, user: User) -> "MessageQuerySet":
        """Messages to a person's own account."""
        return self.filter(user=user)


class Message(models.Model):
    """通知: a text to one person, written once, in the transaction of the act it is about.

    A text with a code or a link is cleared once it was sent or ``secret_until`` has passed.
    """

    token = models.CharField("整理番号", max_length=24, unique=True, default=new_token)
    code = models.CharField("文面コード", max_length=60)
    version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="+", verbose_name="文面の版")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="messages", verbose_name="利用者")
    email = models.EmailField("宛先", max_length=254)
    name = models.CharField("宛名", max_length=100, blank=True)
    subject = models.CharField("件名", max_length=300)
    body = models.TextField("本文")
    about = models.CharField("対象", max_length=120, db_index=True)
    written_at = models.DateTimeField("作成日時", auto_now_add=True)
    secret_until = models.DateTimeField("本文の番号やリンクが使える期限", null=True, db_index=True)
    erased_at = models.DateTimeField("消去日時", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.about} {self.code}"
