"""Channel posts 掲出: public words for everybody on a channel outside the house, behind the switch of a decision."""

from typing import ClassVar
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, stamp_once, transition
from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority
from todoke.notices.line.post_check import held_kinds
from todoke.notices.permissions import POST_TO_CHANNEL, SWITCH_CHANNEL
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

LINE = "line"
SEND = "todoke.notices.tasks.send_post"
LONGEST = 1000


class ChannelSwitch(models.Model):
    """経路の使用: a channel is used from the day of an approved proposal on; no open row means off."""

    channel = models.CharField("経路", max_length=10, choices=[(LINE, "LINE")])
    proposal = models.CharField("決裁の起案番号", max_length=20)
    since = models.DateTimeField("使い始めた日時", default=timezone.now)
    until = models.DateTimeField("やめた日時", null=True, blank=True)

    class Meta:
        verbose_name = "経路の使用"
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(until__isnull=True), name="notices_one_open_switch_per_channel"
            ),
            models.CheckConstraint(condition=~Q(proposal=""), name="notices_a_switch_has_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.proposal}"

    @classmethod
    def current(cls, channel: str = LINE) -> "ChannelSwitch | None":
        """The decision by which a channel is used now."""
        return cls.objects.filter(channel=channel, until=None).first()

    @staticmethod
    def require(by: User) -> None:
        """Raise NotAllowed for whoever neither opens nor closes a channel."""
        if not SWITCH_CHANNEL.held_by(by):
            raise NotAllowed("経路の使用を始め、止められるのは、DX推進本部事務局だけです。")

    @classmethod
    @transaction.atomic
    def turn_on(cls, proposal: str, *, by: User, channel: str = LINE) -> "ChannelSwitch":
        """使用の開始: under the number of an approved proposal. Raises NotAllowed, Conflict when it is on."""
        cls.require(by)
        if cls.current(channel):
            raise Conflict("この経路は、もう使われています。")
        made = cls.objects.create(channel=channel, proposal=proposal)
        record(made, "経路の使用の開始", by=by, after={"経路": channel, "起案番号": proposal})
        return made

    @transaction.atomic
    def turn_off(self, *, by: User) -> None:
        """使用の停止: from now on nothing leaves. Raises NotAllowed, Conflict."""
        self.require(by)
        if not stamp_once(self, "until"):
            raise Conflict("この経路は、もう止まっています。")
        record(self, "経路の使用の停止", by=by)


class ChannelPost(models.Model):
    """掲出: a public text for everybody on a channel; what may point to a person waits for a second person."""

    class Status(models.TextChoices):
        HELD = "held", "確認待ち"
        QUEUED = "queued", "送信待ち"
        SENT = "sent", "送信済み"
        FAILED = "failed", "送れませんでした"
        DISCARDED = "discarded", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.HELD: frozenset({Status.QUEUED, Status.DISCARDED}),
        Status.QUEUED: frozenset({Status.SENT, Status.FAILED, Status.HELD}),
        Status.SENT: frozenset(),
        Status.FAILED: frozenset(),
        Status.DISCARDED: frozenset(),
    }

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    text = models.CharField("本文", max_length=LONGEST)
    status = models.CharField("状態", max_length=10, choices=Status.choices)
    held_for = models.CharField("止めた理由", max_length=100, blank=True)
    retry_key = models.UUIDField("再送の鍵", default=uuid4, unique=True)
    request_id = models.CharField("LINEの受付番号", max_length=64, blank=True)
    attempts = models.PositiveIntegerField("試行回数", default=0)
    problem = models.CharField("失敗の理由", max_length=100, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    drafted_at = models.DateTimeField("作成日時", default=timezone.now)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="確かめた人"
    )
    release_reason = models.CharField("送ってよい理由", max_length=200, blank=True)
    settled_at = models.DateTimeField("確定日時", null=True)

    class Meta:
        verbose_name = "掲出"
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_for="") | Q(status__in=["held", "discarded"]) | Q(released_by__isnull=False),
                name="notices_a_held_post_is_released_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | (~Q(released_by=F("drafted_by")) & ~Q(release_reason="")),
                name="notices_posts_are_released_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @classmethod
    @transaction.atomic
    def post(cls, text: str, *, by: User) -> "ChannelPost":
        """掲出: queue a text, or hold it for a second person. Raises NotAllowed, Refused, Closed while it is off."""
        section = cls.require_open(by=by)
        if not text.strip() or len(text) > LONGEST:
            raise Refused(f"本文は1文字から{LONGEST:,}文字までで書いてください。")
        kinds = held_kinds(text, public=public_contacts())
        made = cls.objects.create(
            department=section, text=text, drafted_by=by, held_for="、".join(kinds)[:100],
            status=cls.Status.HELD if kinds else cls.Status.QUEUED,
        )  # fmt: skip
        record(made, "掲出の確認待ち" if kinds else "掲出の予約", by=by, after={"止めた理由": made.held_for})
        made.queue()
        return made

    @staticmethod
    def require_open(*, by: User) -> Department:
        """Return the section for which a person posts. Raises NotAllowed without one, Closed while it is off."""
        sections = POST_TO_CHANNEL.departments_of(by)
        if not sections:
            raise NotAllowed("LINEに掲出できるのは、部署に籍のある職員だけです。")
        if not ChannelSwitch.current():
            raise Closed("LINEは、区の決裁が済むまで使えません。")
        return sections[0]

    def queue(self) -> None:
        """Have a worker send it, where it waits to be sent; in the caller's transaction."""
        if self.status == self.Status.QUEUED:
            task_named(SEND).using(priority=Priority.BULK).enqueue(self.pk)

    @transaction.atomic
    def release(self, reason: str, *, by: User) -> None:
        """確認: a second person says why it may go out. Raises NotAllowed, Refused without a reason, Conflict."""
        if by.pk == self.drafted_by_id or not POST_TO_CHANNEL.held_by(by, self.department):
            raise NotAllowed("確かめて送れるのは、同じ部署の、書いた人とは別の人です。")
        if not reason.strip():
            raise Refused("送ってよい理由を書いてください。")
        if not transition(self, self.Status.QUEUED, released_by=by, release_reason=reason[:200]):
            raise Conflict("この掲出は、ほかの人が先に扱いました。")
        record(self, "掲出の確認", by=by, reason=reason)
        self.queue()

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """取りやめ: it does not go out. Raises NotAllowed, Conflict."""
        if not POST_TO_CHANNEL.held_by(by, self.department):
            raise NotAllowed("取りやめられるのは、同じ部署の職員です。")
        if not transition(self, self.Status.DISCARDED, settled_at=timezone.now()):
            raise Conflict("この掲出は、もう送られたか、ほかの人が先に扱いました。")
        record(self, "掲出の取りやめ", by=by)


class ChannelEvent(models.Model):
    """経路からの知らせ: one event that a channel told, by its id and kind; never what somebody wrote."""

    event = models.CharField("知らせの番号", max_length=64, unique=True)
    kind = models.CharField("種類", max_length=30)
    at = models.DateTimeField("受けた日時", default=timezone.now)

    class Meta:
        verbose_name = "経路からの知らせ"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"


def public_contacts() -> list[str]:
    """Return the telephones of all sections, which are no personal data."""
    return list(Department.objects.exclude(phone="").values_list("phone", flat=True))
