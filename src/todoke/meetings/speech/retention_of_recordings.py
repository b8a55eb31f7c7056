"""Retention of recordings 録音の保存期間: the sound of a meeting goes so many days after its minutes were confirmed."""

from todoke.accounts.actors import System
from todoke.japanese.calendar import today
from todoke.meetings.models.recordings import FOLDER, Recording
from todoke.meetings.models.transcript_chunk import FOLDER as CHUNKS
from todoke.meetings.models.transcript_chunk import TranscriptChunk
from todoke.records.orphaned_files import delete_orphaned_files


def erase_expired() -> int:
    """Erase the sound of recordings past their time with its chunks, and files without a row; return how many.

    Idempotent.
    """
    by = System("録音の保存期間")
    expired = list(Recording.objects.expired(today()))
    erased = sum(each.erase(by=by) for each in expired)
    TranscriptChunk.objects.filter(transcript__recording__in=expired).drop()
    erased += delete_orphaned_files(CHUNKS, lambda path: TranscriptChunk.objects.filter(path=path).exists())
    return erased + delete_orphaned_files(FOLDER, lambda path: Recording.objects.filter(path=path).exists())
