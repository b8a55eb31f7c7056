"""Recordings 録音: the sound of a meeting, announced to those present, kept until its minutes were confirmed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.meetings.models.meeting import Meeting
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.speech.audio_kinds import AudioKind, audio_kind
from todoke.meetings.speech.time_codes import length_words
from todoke.runtime.refusals import Closed, NotAllowed, Refused, Unreadable

FOLDER = "recordings"
NOT_ANNOUNCED = "出席者に録音することを知らせたかを確かめて、印を付けてください。知らせていない録音は、受け取りません。"


class RecordingQuerySet(models.QuerySet["Recording"]):
    def keep_from(self, confirmed_on: date) -> None:
        """Set until when those are kept that have no last day: so many days after the minutes were confirmed."""
        self.filter(keep_until=None).update(keep_until=confirmed_on + timedelta(days=settings.RECORDING_DAYS))

    def expired(self, on: date) -> RecordingQuerySet:
        """Recordings whose sound is still there after its last day."""
        return self.filter(erased_at=None, keep_until__lt=on)


class Recording(models.Model):
    """録音: the sound of a meeting as it was brought, unchanged, and until when it is kept."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="recordings", verbose_name="会議")
    number = models.PositiveIntegerField("番号", help_text="会議のなかの順")
    path = models.CharField("保存場所", max_length=120, blank=True)
    media_type = models.CharField("種類", max_length=20)
    size = models.PositiveBigIntegerField("大きさ(バイト)")
    sha256 = models.CharField("照合値", max_length=64)
    seconds = models.FloatField("長さ(秒)", null=True)
    announced = models.BooleanField("出席者に知らせた")
    received_at = models.DateTimeField("受け取った日時", default=timezone.now)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="受け取った人")
    keep_until = models.DateField("この日まで残す", null=True)
    erased_at = models.DateTimeField("音声を消した日時", null=True)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = "録音"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_one_recording_per_number"),
            models.UniqueConstraint(fields=["meeting", "sha256"], name="meetings_a_recording_once_a_meeting"),
            models.CheckConstraint(condition=Q(announced=True), name="meetings_a_recording_was_announced"),
            models.CheckConstraint(
                condition=Q(erased_at=None, path__gt="") | Q(erased_at__isnull=False, path=""),
                name="meetings_a_recording_is_there_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"録音{self.number}"

    @classmethod
    def receive(cls, meeting: Meeting, file: File[Any], *, is_announced: bool, by: Actor) -> Recording:
        """Store a recording (録音の受取り): checked first, streamed to the store, on the disk before its row is.

        Raises Refused where it was not announced or is there already, Unreadable for what is no audio or too large,
        Closed once the audio of the meeting is to be erased.
        """
        if not is_announced:
            raise Refused(NOT_ANNOUNCED)
        if meeting.status == Meeting.Status.RECORDED:
            raise Closed("会議録が確定した会議の録音は、受け取れません。")
        size = file.size or 0
        if size > settings.RECORDING_MB * 1024 * 1024:
            raise Unreadable(
                f"録音が大きすぎます({settings.RECORDING_MB:,}MBまで)。休憩などで分けて保存し、一つずつ選んでください。"
            )
        kind, digest = audio_kind(file, size), _digest(file)
        if there := meeting.recordings.filter(sha256=digest).first():
            raise Refused(f"この録音は、もう受け取っています(録音{there.number})。")
        path = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}{kind.suffix}", file)
        try:
            return cls._insert(meeting, path, kind, size, digest, by)
        except BaseException:
            default_storage.delete(path)
            raise

    @classmethod
    @transaction.atomic
    def _insert(cls, meeting: Meeting, path: str, kind: AudioKind, size: int, digest: str, by: Actor) -> Recording:
        number = next_position(meeting.recordings.all(), meeting, "number")
        made = cls.objects.create(
            meeting=meeting, number=number, path=path, media_type=kind.media_type, size=size, sha256=digest,
            seconds=kind.seconds, announced=True, received_by=user_of(by),
        )  # fmt: skip
        record(made, "録音の受取り", by=by, after={"会議": meeting.code, "照合値": digest})
        return made

    @property
    def length(self) -> str:
        """The length in words; empty where the file does not say it."""
        return length_words(self.seconds) if self.seconds else ""

    def note_seconds(self, seconds: float | None) -> None:
        """Keep the length that was measured where the file did not say it."""
        if seconds:
            compare_and_set(self, {"seconds": None}, seconds=seconds)

    def open(self) -> IO[bytes]:
        """Open the sound. Raises Closed when it was erased after its time."""
        if not self.path:
            raise Closed("会議録の確定から決めた日数がたったので、録音の音声は消しました。")
        return default_storage.open(self.path)

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person prepares the minutes."""
        user = user_of(by)
        if user is None or not PREPARE_MEETING.held_by(user):
            raise NotAllowed("会議の録音を聞けるのは、会議録を整える事務局だけです。")

    @transaction.atomic
    def erase(self, *, by: Actor) -> bool:
        """Erase the sound (録音の消去); text and places stay. False when it was erased before."""
        path = self.path
        if not stamp_once(self, "erased_at", path=""):
            return False
        default_storage.delete(path)
        record(self, "録音の消去", by=by)
        return True


def _digest(file: File[Any]) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()
