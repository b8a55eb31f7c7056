"""Broadcasts 一斉のお知らせ: life events, residents' consents, and news to those who consented."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.guidance.permissions import SEND_BROADCAST
from todoke.jobs.backend import task_named
from todoke.organization.models import Department


class LifeEvent(models.Model):
    """暮らしの出来事: an event that leads to several procedures."""

    code = models.SlugField("コード", max_length=30, unique=True)
    title = models.CharField("名称", max_length=50)
    lead = models.CharField("説明", max_length=200)
    words = models.CharField("手続の言葉", max_length=200, help_text="空白で区切る。大事な順に書く。")
    survey_event = models.CharField("国の調査のイベント", max_length=50, blank=True)
    position = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "暮らしの出来事"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class Consent(models.Model):
    """受信の同意: a resident's consent to broadcasts about one kind of event, until withdrawn."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name="利用者")
    event = models.ForeignKey(LifeEvent, models.PROTECT, related_name="consents", verbose_name="暮らしの出来事")
    agreed_at = models.DateTimeField("同意した日時", auto_now_add=True)
    withdrawn_at = models.DateTimeField("やめた日時", null=True)

    class Meta:
        verbose_name = "受信の同意"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event"], condition=Q(withdrawn_at__isnull=True), name="guidance_one_consent_per_event"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @classmethod
    @transaction.atomic
    def set_events(cls, events: Iterable[LifeEvent], *, by: User) -> None:
        """Set the events a resident consents to; others are withdrawn (お知らせの設定)."""
        wanted = {event.pk for event in events}
        mine = cls.objects.filter(user=by, withdrawn_at__isnull=True)
        mine.exclude(event__in=wanted).update(withdrawn_at=timezone.now())
        for event in wanted - set(mine.values_list("event", flat=True)):
            cls.objects.create(user=by, event_id=event)
        record(by, "お知らせの設定", by=by, after={"暮らしの出来事": sorted(wanted)})


SEND = "todoke.guidance.tasks.send_broadcast"


class Broadcast(models.Model):
    """一斉のお知らせ: a notice to residents who consented to certain events, sent at a chosen time."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "送信予定"
        SENDING = "sending", "送信中"
        SENT = "sent", "送信済み"
        CANCELLED = "cancelled", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.SCHEDULED: frozenset({Status.SENDING, Status.CANCELLED}),
        Status.SENDING: frozenset({Status.SENT}),
        Status.SENT: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    token = models.CharField("整理番号", max_length=24, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    events = models.ManyToManyField(LifeEvent, related_name="+", verbose_name="暮らしの出来事")
    subject = models.CharField("件名", max_length=100)
    body = models.TextField("本文", max_length=4000)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    send_at = models.DateTimeField("送信する日時")
    drafted_at = models.DateTimeField("作成日時", auto_now_add=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="作成者")
    settled_at = models.DateTimeField("送信・取りやめの日時", null=True)
    readers = models.PositiveIntegerField("送った人数", default=0)
    reached = models.PositiveBigIntegerField("ここまで送った", default=0)

    class Meta:
        verbose_name = "一斉のお知らせ"
        ordering = ["-send_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def about(self) -> str:
        """The subject under which its messages are found (対象)."""
        return f"guidance.broadcast/{self.pk}"

    def audience(self) -> models.QuerySet[User]:
        """The residents with an address who consent to one of the events now."""
        agreed = Consent.objects.filter(event__in=self.events.all(), withdrawn_at__isnull=True)
        return User.objects.filter(pk__in=agreed.values("user"), is_active=True).order_by("pk")

    @classmethod
    @transaction.atomic
    def schedule(
        cls, *, subject: str, body: str, events: Iterable[LifeEvent], send_at: datetime, by: User
    ) -> "Broadcast":
        """Create a broadcast and schedule it (送信の予約). Raises ValidationError without events or a post."""
        chosen, sections = list(events), SEND_BROADCAST.departments_of(by)
        if not chosen or not sections:
            raise ValidationError("お知らせを受け取る人の暮らしの出来事を、一つ以上選んでください。")
        made = cls(
            token=get_random_string(24), department=sections[0], subject=subject, body=body, send_at=send_at,
            drafted_by=by,
        )  # fmt: skip
        made.full_clean(exclude={"settled_at"})
        made.save()
        made.events.set(chosen)
        record(made, "お知らせの予約", by=by, after={"件名": subject, "本文": body, "送信する日時": send_at})
        task_named(SEND).using(run_after=send_at).enqueue(made.pk)
        return made

    def settle(self, to: "Broadcast.Status", *, by: Actor, **changes: Any) -> bool:
        """Move on where it still is what was read; False when somebody else was first."""
        if not transition(self, to, settled_at=timezone.now(), **changes):
            return False
        record(self, f"お知らせの{to.label}", by=by, after=dict(changes))
        return True
