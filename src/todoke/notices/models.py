"""Notices 通知: what is told to whom, kept apart from how and whether it arrived."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.organization.models import Department

PLACE = re.compile(r"\{([^{}\s]+)\}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def new_token() -> str:
    return get_random_string(24)


def one_line(value: str) -> str:
    """Return a value that may stand in a mail header. Raises ValidationError on line breaks and control characters."""
    if CONTROL.search(value):
        raise ValidationError("件名と宛先に改行や制御文字は使えません。")
    return value


def fill(text: str, context: Mapping[str, object]) -> str:
    """Put values into the places {名前} of a text. Raises KeyError when a place has no value."""
    return PLACE.sub(lambda found: str(context[found[1]]), text)


class Template(models.Model):
    """通知の文面: the identity of a text that is sent again and again; its words are in versions."""

    code = models.CharField("コード", max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")])
    title = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = "通知の文面"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    def version_on(self, day: date) -> "TemplateVersion | None":
        """Return the version in force on a business date."""
        return self.versions.filter(starts_on__lte=day).order_by("-starts_on").first()

    @transaction.atomic
    def publish(self, *, subject: str, body: str, starts_on: date, by: Actor) -> "TemplateVersion":
        """Freeze new words that hold from a day until the next version begins: ranges cannot overlap."""
        version = TemplateVersion(
            template=self,
            number=self.versions.count() + 1,
            subject=one_line(subject),
            body=body,
            starts_on=starts_on,
        )
        version.full_clean()
        version.save()
        record(self, "文面の公開", by=by, after={"版": version.number, "件名": subject, "本文": body})
        return version


class TemplateVersion(ImmutableModel):
    """文面の版: frozen words, in force from a day until the next version begins."""

    FROZEN, INSTEAD = "公開した文面", "新しい版を公開してください。"

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions", verbose_name="文面")
    number = models.PositiveIntegerField("版")
    subject = models.CharField("件名", max_length=200)
    body = models.TextField("本文")
    starts_on = models.DateField("適用開始日")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "文面の版"
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="notices_one_version_per_number"),
            models.UniqueConstraint(fields=["template", "starts_on"], name="notices_one_version_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.template.title} 第{self.number}版"


class MessageQuerySet(models.QuerySet["Message"]):
    def delivered_to(self, email: str) -> "MessageQuerySet":
        """What lies in a person's mailbox (受信箱), newest first."""
        return self.filter(email__iexact=email, deliveries__status=Delivery.Status.SENT).distinct().order_by("-pk")

    def visible_to(self, user: User) -> "MessageQuerySet":
        """Messages to a person's own account."""
        return self.filter(user=user)


class Message(models.Model):
    """通知: words to one person, written once, in the transaction of what they tell about."""

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
    erased_at = models.DateTimeField("消去日時", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.about} {self.code}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def unsent(self) -> "DeliveryQuerySet":
        return self.filter(status__in=[Delivery.Status.QUEUED, Delivery.Status.DELAYED])

    def failed(self) -> "DeliveryQuerySet":
        """Deliveries that somebody in the office must look at."""
        return self.filter(status__in=[Delivery.Status.FAILED, Delivery.Status.RETURNED])


class Delivery(models.Model):
    """配達: one way on which a message travels to its reader, and how far it came."""

    class Status(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENT = "sent", "送信済み"
        DELAYED = "delayed", "一時的な失敗"
        FAILED = "failed", "配達不能"
        RETURNED = "returned", "返戻"
        HELD = "held", "留め置き"
        DISCARDED = "discarded", "送付の取りやめ"

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.QUEUED: frozenset({Status.SENT, Status.DELAYED, Status.FAILED, Status.HELD}),
        Status.DELAYED: frozenset({Status.SENT, Status.DELAYED, Status.FAILED, Status.HELD}),
        Status.SENT: frozenset({Status.RETURNED}),
        Status.FAILED: frozenset({Status.QUEUED}),
        Status.RETURNED: frozenset(),
        Status.HELD: frozenset({Status.QUEUED, Status.DISCARDED}),
        Status.DISCARDED: frozenset(),
    }

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries", verbose_name="通知")
    channel = models.CharField("経路", max_length=20)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    problem = models.CharField("失敗の理由", max_length=200, blank=True)
    queued_at = models.DateTimeField("登録日時", auto_now_add=True)
    settled_at = models.DateTimeField("確定日時", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "配達"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="notices_one_delivery_per_channel"),
        ]
        indexes = [models.Index(fields=["status", "queued_at"], name="notices_delivery_status")]

    def __str__(self) -> str:
        return f"{self.message} {self.get_status_display()}"

    def _move(self, to: "Delivery.Status", **changes: Any) -> bool:
        """Change the status where it still is what was read; False when somebody else was first."""
        if to not in self.NEXT[self.status]:
            return False
        changes |= {"status": to}
        moved = Delivery.objects.filter(pk=self.pk, status=self.status, attempts=self.attempts).update(**changes)
        if moved:
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(moved)

    def begin_attempt(self) -> bool:
        """Claim the next attempt; False when it is settled or another worker claimed it first."""
        if self.status not in {self.Status.QUEUED, self.Status.DELAYED}:
            return False
        mine = Delivery.objects.filter(pk=self.pk, status=self.status, attempts=self.attempts).update(
            attempts=self.attempts + 1
        )
        self.attempts += mine
        return bool(mine)

    def mark_sent(self) -> bool:
        return self._move(self.Status.SENT, settled_at=timezone.now(), problem="")

    def mark_delayed(self, problem: str) -> bool:
        return self._move(self.Status.DELAYED, problem=problem)

    def mark_failed(self, problem: str) -> bool:
        return self._move(self.Status.FAILED, settled_at=timezone.now(), problem=problem)

    def hold(self) -> bool:
        """Keep it back (留め置き) until somebody decides; it is neither sent nor lost."""
        return self._move(self.Status.HELD)

    def let_go(self) -> bool:
        """Queue a held delivery again."""
        return self._move(self.Status.QUEUED)

    def discard(self) -> bool:
        """Do not send a held delivery; its words stay."""
        return self._move(self.Status.DISCARDED, settled_at=timezone.now())

    @transaction.atomic
    def mark_returned(self, *, problem: str, by: Actor) -> bool:
        """Note that the message came back (返戻), as reported by the post or the mail system."""
        moved = self._move(self.Status.RETURNED, settled_at=timezone.now(), problem=problem)
        if moved:
            record(self.message, "通知の返戻", by=by, reason=problem)
        return moved


def words_in_force(code: str, day: date | None = None) -> TemplateVersion | None:
    """Return the published version of a text on a day (default: today), or None when none is published."""
    template = Template.objects.filter(code=code).first()
    return template.version_on(day or today()) if template else None


class FileLinkQuerySet(models.QuerySet["FileLink"]):
    def open(self) -> "FileLinkQuerySet":
        """Links that still open: neither expired nor taken back."""
        return self.filter(expires_at__gt=timezone.now(), revoked_at__isnull=True)


class FileLink(models.Model):
    """ファイルの受け渡し: a file for one reader outside, behind a link that expires; every taking is written down."""

    token = models.CharField("整理番号", max_length=24, unique=True, default=new_token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="渡す部署")
    email = models.EmailField("相手のメールアドレス", max_length=254)
    name = models.CharField("相手の名前", max_length=100)
    note = models.TextField("ことば", max_length=1000, blank=True)
    file_name = models.CharField("ファイル名", max_length=200)
    path = models.CharField("置き場所", max_length=200)
    size = models.PositiveBigIntegerField("大きさ")
    sha256 = models.CharField("照合値", max_length=64)
    placed_at = models.DateTimeField("渡した日時", auto_now_add=True)
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="渡した人")
    expires_at = models.DateTimeField("期限")
    revoked_at = models.DateTimeField("取り消した日時", null=True)

    objects = FileLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "ファイルの受け渡し"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"受け渡し{self.pk}"


class Taking(models.Model):
    """受け取りの記録: when somebody took the file behind a link."""

    link = models.ForeignKey(FileLink, models.CASCADE, related_name="takings", verbose_name="ファイルの受け渡し")
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "受け取りの記録"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.link} {self.at:%Y-%m-%d %H:%M}"
