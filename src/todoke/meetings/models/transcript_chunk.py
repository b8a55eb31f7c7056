"""Transcript chunks 聞取りの区切り: the parts of a recording that jobs hear, until the transcript is put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q, Sum

from todoke.audit.transitions import Transitions, transition
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_segment import TranscriptSegment
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, Transcription

FOLDER = "recording-chunks"


class TranscriptChunkQuerySet(models.QuerySet["TranscriptChunk"]):
    def unheard(self) -> TranscriptChunkQuerySet:
        """Chunks that were not heard yet, or could not be although their sound is there."""
        return self.exclude(status__in=[TranscriptChunk.Status.HEARD, TranscriptChunk.Status.BROKEN])

    def failed(self) -> TranscriptChunkQuerySet:
        """Chunks that could not be heard."""
        return self.filter(status__in=[TranscriptChunk.Status.FAILED, TranscriptChunk.Status.BROKEN])

    def heard(self) -> TranscriptChunkQuerySet:
        """Chunks that were heard."""
        return self.filter(status=TranscriptChunk.Status.HEARD)

    def filling_gaps(self) -> TranscriptChunkQuerySet:
        """Chunks whose place in a transcript still has no words."""
        return self.filter(gap__in=TranscriptSegment.objects.gaps())

    def seconds(self) -> float:
        """Return how long the chunks are together."""
        return (self.aggregate(whole=Sum(F("end_ms") - F("start_ms")))["whole"] or 0) / 1000

    def drop(self) -> None:
        """Delete the rows, then their sounds; what a crash between the two leaves is deleted as without a row."""
        paths = list(self.exclude(path="").values_list("path", flat=True))
        self.delete()
        delete_sounds(paths)


class TranscriptChunk(models.Model):
    """聞取りの区切り: a part of a recording between two pauses, its sound, and what an engine heard in it.

    ``heard`` is a Transcription as data, written once, with places in the whole recording. ``gap`` is the piece without
    words that stands for it in a transcript that was put together without it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "待機"
        HEARD = "heard", "聞いた"
        FAILED = "failed", "失敗"
        BROKEN = "broken", "壊れている"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.HEARD, Status.FAILED}),
        Status.HEARD: frozenset(),
        Status.FAILED: frozenset({Status.WAITING}),
        Status.BROKEN: frozenset(),
    }

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="chunks", verbose_name="文字起こし")
    number = models.PositiveIntegerField("番号")
    start_ms = models.PositiveIntegerField("始まり(ミリ秒)")
    end_ms = models.PositiveIntegerField("終わり(ミリ秒)")
    path = models.CharField("音の保存場所", max_length=120, blank=True)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    heard = models.JSONField("聞いた発言", null=True)
    problem = models.CharField("聞けなかった理由", max_length=1000, blank=True)
    gap = models.OneToOneField(
        TranscriptSegment, models.CASCADE, null=True, related_name="chunk", verbose_name="聞き取れなかったところ"
    )

    objects = TranscriptChunkQuerySet.as_manager()

    class Meta:
        verbose_name = "聞取りの区切り"
        ordering = ["transcript", "number"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="meetings_one_chunk_per_number"),
            models.CheckConstraint(
                condition=Q(end_ms__gte=F("start_ms")), name="meetings_a_chunk_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status="heard", heard__isnull=False) | (~Q(status="heard") & Q(heard=None)),
                name="meetings_a_heard_chunk_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transcript} 区切り{self.number}"

    def keep(self, found: Transcription) -> bool:
        """Keep what was heard; False where another worker was first."""
        return transition(self, self.Status.HEARD, heard=asdict(found))

    def fail(self, problem: str) -> bool:
        """Keep why it could not be heard; False where another worker was first."""
        return transition(self, self.Status.FAILED, problem=problem[:1000])

    def stand_for(self, gap: TranscriptSegment) -> None:
        """Keep the piece without words that stands for it."""
        self.gap = gap
        self.save(update_fields=["gap"])

    def transcription(self) -> Transcription:
        """Return what was heard. Only of a chunk that was."""
        data: dict[str, Any] = self.heard or {}
        return Transcription(**{**data, "segments": tuple(map(SpokenSegment.from_data, data["segments"]))})


def store_sound(path: Path, name: str) -> str:
    """Store the sound of a chunk and return its place in the storage."""
    with path.open("rb") as file:
        return default_storage.save(f"{FOLDER}/{name}{path.suffix}", File(file))


def delete_sounds(paths: Iterable[str]) -> None:
    """Delete stored sounds of chunks."""
    for path in paths:
        if path:
            default_storage.delete(path)
