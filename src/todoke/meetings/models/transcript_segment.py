"""Transcript segments 発言片: what was read in a place of a recording, and what people made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.speech.flags import Flag, FlagKind


class TranscriptSegmentQuerySet(models.QuerySet["TranscriptSegment"]):
    def live(self) -> TranscriptSegmentQuerySet:
        """Pieces that nobody deleted."""
        return self.exclude(state=TranscriptSegment.State.DELETED)

    def gaps(self) -> TranscriptSegmentQuerySet:
        """Places that could not be heard, as long as nobody wrote their words or deleted them."""
        return self.live().filter(text="")

    def unheard(self) -> TranscriptSegmentQuerySet:
        """Pieces that must be heard and were not."""
        return self.filter(state=TranscriptSegment.State.UNCHECKED, must_be_heard=True)


class TranscriptSegment(models.Model):
    """発言片: the words of one place of a recording: as they were read, and as they stand now.

    ``number`` names it for good, ``position`` is its place in the order. An empty ``speaker`` is whoever spoke before,
    an empty ``text`` a place that could not be heard.
    """

    class State(models.TextChoices):
        UNCHECKED = "unchecked", "未確認"
        HEARD = "heard", "聞いた"
        CORRECTED = "corrected", "直した"
        DELETED = "deleted", "削除"

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="segments", verbose_name="文字起こし")
    number = models.PositiveIntegerField("番号")
    position = models.PositiveIntegerField("順")
    start_ms = models.PositiveIntegerField("始まり(ミリ秒)", null=True)
    end_ms = models.PositiveIntegerField("終わり(ミリ秒)", null=True)
    text_as_read = models.TextField("もとの文", blank=True)
    text = models.TextField("文", blank=True)
    speaker = models.CharField("発言者", max_length=80, blank=True)
    probability = models.FloatField("確からしさ", null=True)
    words = models.JSONField("語と時刻", default=list)
    flags = models.JSONField("聞く印", default=list)
    must_be_heard = models.BooleanField("必ず聞く", default=False)
    state = models.CharField("状態", max_length=10, choices=State, default=State.UNCHECKED)
    revision = models.PositiveIntegerField("直した回数", default=0)
    line = models.PositiveIntegerField("会議録の行", null=True)

    objects = TranscriptSegmentQuerySet.as_manager()

    class Meta:
        verbose_name = "発言片"
        ordering = ["transcript", "position"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="meetings_one_segment_per_number"),
            models.UniqueConstraint(fields=["transcript", "position"], name="meetings_one_segment_per_position"),
            models.CheckConstraint(
                condition=Q(end_ms=None) | Q(start_ms__isnull=False, end_ms__gte=F("start_ms")),
                name="meetings_a_segment_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}番の発言"

    def set_flags(self, flags: list[Flag]) -> None:
        """Set why it should be heard, unsaved."""
        self.flags = [{"kind": flag.kind.value, "reason": flag.reason} for flag in flags]
        self.must_be_heard = any(flag.must_be_heard for flag in flags)

    @property
    def found_flags(self) -> list[Flag]:
        """Why it should be heard."""
        return [Flag(FlagKind(each["kind"]), each["reason"]) for each in self.flags]

    @property
    def reasons(self) -> list[tuple[str, bool]]:
        """Each reason to hear it, and whether it must be heard for that."""
        return [(flag.reason, flag.must_be_heard) for flag in self.found_flags]

    @property
    def spoken_words(self) -> list[dict[str, Any]]:
        """The words with their times in seconds, as long as the text is what they say; else none."""
        said = "".join("".join(word["text"].split()) for word in self.words)
        return self.words if self.words and said == "".join(self.text.split()) else []

    @property
    def is_gap(self) -> bool:
        """Whether it is a place that could not be heard, without words yet."""
        return not self.text

    @property
    def gap_words(self) -> str:
        """What is said of a gap: that it could not be heard, and its place."""
        return next((flag.reason for flag in self.found_flags if flag.kind == FlagKind.GAP), "")

    @property
    def waits(self) -> bool:
        """Whether it must be heard and was not."""
        return self.must_be_heard and self.state == self.State.UNCHECKED

    @property
    def fragment(self) -> str:
        """The place as a media fragment, such as #t=12.3,18.9; empty where no place is known."""
        if self.start_ms is None:
            return ""
        end = f",{self.end_ms / 1000:.1f}" if self.end_ms is not None and self.end_ms > self.start_ms else ""
        return f"#t={self.start_ms / 1000:.1f}{end}"


class SegmentChange(ImmutableModel):
    """発言片の経過: one thing that a person did to a piece, with the words before and after; never changed."""

    FROZEN: ClassVar[str] = "発言片の経過"

    class Act(models.TextChoices):
        HEARD = "heard", "聞いた"
        CORRECTED = "corrected", "直した"
        ADDED = "added", "書き足した"
        DELETED = "deleted", "削除した"
        SPLIT = "split", "分けた"
        JOINED = "joined", "つないだ"
        SPELLED = "spelled", "書き方をそろえた"

    segment = models.ForeignKey(TranscriptSegment, models.CASCADE, related_name="changes", verbose_name="発言片")
    act = models.CharField("したこと", max_length=10, choices=Act)
    before = models.TextField("前の文", blank=True)
    after = models.TextField("後の文", blank=True)
    speaker = models.CharField("発言者", max_length=80, blank=True)
    at = models.DateTimeField("日時", default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="した人")

    class Meta:
        verbose_name = "発言片の経過"
        ordering = ["segment", "pk"]

    def __str__(self) -> str:
        return f"{self.segment} {self.get_act_display()}"


def changes_of(segment: TranscriptSegment, act: str, before: str, by: User | None, **facts: Any) -> SegmentChange:
    """Insert what was done to a piece and return it."""
    return SegmentChange.objects.create(
        segment=segment, act=act, before=before, after=segment.text, speaker=segment.speaker, by=by, **facts
    )
