"""Transcripts 文字起こし: what was said in a recording, from a file or typed, until its minutes are made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions
from todoke.meetings.models.minutes import Minutes
from todoke.meetings.models.recordings import Recording
from todoke.runtime.refusals import Closed


class Transcript(models.Model):
    """文字起こし: the pieces of one recording in order, what wrote them, and the minutes that were made of them."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待機"
        PROCESSING = "processing", "処理中"
        CHECKING = "checking", "聞き直し中"
        CONFIRMED = "confirmed", "確定"
        FAILED = "failed", "失敗"
        CANCELLED = "cancelled", "取りやめ"

    class Origin(models.TextChoices):
        FILE = "file", "ファイル"
        TYPED = "typed", "手入力"
        ENGINE = "engine", "機械"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.PROCESSING, Status.FAILED, Status.CANCELLED}),
        Status.PROCESSING: frozenset({Status.CHECKING, Status.FAILED, Status.CANCELLED}),
        Status.CHECKING: frozenset({Status.CONFIRMED}),
        Status.CONFIRMED: frozenset(),
        Status.FAILED: frozenset({Status.WAITING, Status.PROCESSING, Status.CANCELLED}),
        Status.CANCELLED: frozenset(),
    }
    IN_HAND: ClassVar[frozenset[str]] = frozenset({Status.WAITING, Status.PROCESSING, Status.FAILED})

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="transcripts", verbose_name="録音")
    number = models.PositiveIntegerField("番号", help_text="録音のなかの順")
    origin = models.CharField("もと", max_length=10, choices=Origin)
    notation = models.CharField("ファイルの書き方", max_length=20, blank=True)
    engine = models.CharField("部品", max_length=100, blank=True)
    engine_version = models.CharField("部品の版", max_length=100, blank=True)
    model_sha256 = models.CharField("モデルの照合値", max_length=64, blank=True)
    settings = models.JSONField("部品の設定", default=dict)
    words = models.JSONField("使った用語", default=list)
    left_out = models.JSONField("取り込まなかった行", default=list)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    problem = models.CharField("できなかった理由", max_length=1000, blank=True, default="", db_default="")
    minutes = models.OneToOneField(
        Minutes, models.PROTECT, null=True, related_name="transcript", verbose_name="作った会議録"
    )
    begun_at = models.DateTimeField("始めた日時", default=timezone.now)
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="始めた人")

    class Meta:
        verbose_name = "文字起こし"
        ordering = ["recording", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "number"], name="meetings_one_transcript_per_number"),
            models.UniqueConstraint(
                fields=["recording"], condition=Q(status="confirmed"), name="meetings_one_confirmed_a_recording"
            ),
            models.UniqueConstraint(
                fields=["recording"],
                condition=Q(status__in=["waiting", "processing", "failed"]),
                name="meetings_one_recording_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(status="confirmed", minutes__isnull=False) | (~Q(status="confirmed") & Q(minutes=None)),
                name="meetings_confirmed_has_its_minutes",
            ),
            models.CheckConstraint(
                condition=Q(origin="engine", engine__gt="") | (~Q(origin="engine") & Q(engine="")),
                name="meetings_an_engine_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording} 文字起こし{self.number}"

    @classmethod
    @transaction.atomic
    def begin(cls, recording: Recording, *, by: Actor) -> Transcript:
        """Begin an empty transcript to be typed beside the player (文字起こしの始まり). Raises Closed."""
        made = cls.start(recording, cls.Origin.TYPED, by=by, status=cls.Status.CHECKING)
        record(made, "文字起こしの始まり", by=by, after={"もと": made.get_origin_display()})
        return made

    @classmethod
    def start(cls, recording: Recording, origin: Transcript.Origin, *, by: Actor, **facts: Any) -> Transcript:
        """Insert a transcript in the caller's transaction. Raises Closed once one of the recording is confirmed."""
        if recording.transcripts.filter(status=cls.Status.CONFIRMED).exists():
            raise Closed("この録音の文字起こしは、もう確定しています。")
        number = next_position(recording.transcripts.all(), recording, "number")
        return cls.objects.create(recording=recording, number=number, origin=origin, begun_by=user_of(by), **facts)

    @property
    def is_in_hand(self) -> bool:
        """Whether an engine is to hear the recording, hears it, or could not."""
        return self.status in self.IN_HAND

    def hold(self) -> Transcript:
        """Return the row locked for the caller's transaction. Raises Closed unless people correct it."""
        held = (
            Transcript.objects.select_for_update(of=("self",))
            .select_related("recording__meeting__body")
            .get(pk=self.pk)
        )
        if held.status != self.Status.CHECKING:
            raise Closed(f"この文字起こしは「{held.get_status_display()}」なので、直せません。")
        return held
