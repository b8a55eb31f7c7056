"""Transcript confirmation 文字起こしの確定: minutes are made of what was heard, and each line keeps its place."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.audit.transitions import transition
from todoke.file_validation.bounded_read import read_bounded
from todoke.meetings.minutes.extract import read_minutes
from todoke.meetings.models.meeting import Meeting
from todoke.meetings.models.minutes import Minutes
from todoke.meetings.models.reader_version import weights_in_use
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_segment import TranscriptSegment
from todoke.meetings.speech.minutes_lines import HeardPiece, MinutesLines, minutes_lines
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotYet, Refused


def lines_of(transcript: Transcript) -> MinutesLines:
    """Return the lines of the minutes that a transcript makes as it stands."""
    pieces = [HeardPiece(each.number, each.text, each.speaker) for each in transcript.segments.live()]
    return minutes_lines(heading_of(transcript.recording.meeting), pieces)


def heading_of(meeting: Meeting) -> list[str]:
    """Return the first lines of the minutes of a meeting."""
    day = meeting.held_on
    return [f"{meeting.title} 会議録", f"日時 {day.year}年{day.month}月{day.day}日"]


def confirm(transcript: Transcript, *, by: Actor) -> Minutes:
    """Make the minutes of a transcript (文字起こしの確定); every line remembers its piece.

    The lines are read before the transaction. Raises NotYet while a piece that must be heard was not, Conflict where
    somebody corrected meanwhile, Refused without a piece or where the meeting has minutes, Closed, Unreadable.
    """
    require_heard(transcript)
    made, meeting = lines_of(transcript), transcript.recording.meeting
    if not made.line_of:
        raise Refused("発言がまだありません。文字起こしを取り込むか、録音を聞きながら書いてください。")
    data = "\n".join(made.lines).encode()
    source, reading = read_bounded(read_minutes, data, meeting.held_on, weights_in_use())
    with transaction.atomic():
        held = transcript.hold()
        require_heard(held)
        if lines_of(held).lines != made.lines:
            raise Conflict("確定するあいだに、ほかの人が直しました。画面を開き直して、もう一度確定してください。")
        minutes = Minutes.take_in(held.recording.meeting, source, reading, by=by)
        _keep_lines(held, made)
        if not transition(held, Transcript.Status.CONFIRMED, minutes=minutes):
            raise Conflict("この文字起こしは、ほかの人が先に確定しました。")
        record(held, "文字起こしの確定", by=by, after={"会議録の行": len(made.lines)})
    return minutes


def require_heard(transcript: Transcript) -> None:
    """Raises NotYet, with the way to the first of them, while a piece that must be heard was not."""
    waiting, recording = transcript.segments.unheard(), transcript.recording
    if first := waiting.first():
        where = (recording.meeting.code, recording.number, transcript.number, first.number)
        raise NotYet(
            f"まだ聞いていない発言が{waiting.count()}件あります。数字・日付・金額・職名や氏名のある発言は、"
            "録音を聞いて確かめてから確定します。",
            link=path_to("board:recording-segment", *where),
        )


def _keep_lines(transcript: Transcript, made: MinutesLines) -> None:
    rows = list(transcript.segments.live())
    for row in rows:
        row.line = made.line_of[row.number]
    TranscriptSegment.objects.bulk_update(rows, ["line"], batch_size=200)


def heard_at(minutes: Minutes, line: int) -> TranscriptSegment | None:
    """Return the piece of which a line of minutes was made, if its place and its sound are still there."""
    found = TranscriptSegment.objects.filter(transcript__minutes=minutes, line=line, start_ms__isnull=False)
    return found.filter(transcript__recording__erased_at=None).select_related("transcript__recording__meeting").first()
