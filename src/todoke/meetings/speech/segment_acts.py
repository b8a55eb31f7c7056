"""Segment acts 発言片を直す: correct and hear, delete, split, join, and name a speaker everywhere.

Each act names the ``revision`` that the person saw, so that of two at one piece the later one is told and nothing is
lost.
"""

from typing import Any

from django.db import transaction
from django.db.models import F

from todoke.accounts.actors import Actor, user_of
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_segment import SegmentChange, TranscriptSegment, changes_of
from todoke.meetings.speech.flags import FlagKind, text_flags
from todoke.meetings.speech.organization_words import words_for
from todoke.meetings.speech.transcript_intake import make_room, one_line
from todoke.runtime.refusals import Conflict, Refused

OTHERS_FIRST = (
    "この発言は、ほかの人が先に直しました。下に、いまの文とあなたの文を並べました。確かめて、もう一度保存してください。"
)
GAP_FIRST = "聞き取れなかったところは、つなげません。先に、聞いて言葉を書くか、言葉がなければ削除してください。"
Words = list[dict[str, Any]]
State = TranscriptSegment.State
Act = SegmentChange.Act


@transaction.atomic
def correct(
    segment: TranscriptSegment, *, text: str, speaker: str, seen: int, by: Actor, is_heard: bool = False
) -> None:
    """Save words and speaker (発言の訂正), and with ``is_heard`` that the person has heard it (発言の聞取り).

    A text that was changed without hearing waits to be heard again. Raises Refused, Closed, and Conflict where somebody
    saved after ``seen``.
    """
    held, words, before = segment.transcript.hold(), one_line(text), segment.text
    named = speaker.strip()[:80]
    is_new = words != before
    state = _heard_state(segment, words) if is_heard else State.UNCHECKED if is_new else segment.state
    if segment.state == State.DELETED and not is_heard:
        state = State.UNCHECKED
    flags = _flags_of(held, segment, words) if is_new else {}
    _save(segment, seen, text=words, speaker=named, state=state, **flags)
    changes_of(segment, Act.HEARD if is_heard and not is_new else Act.CORRECTED, before, user_of(by))
    record(held, "発言の聞取り" if is_heard else "発言の訂正", by=by, after={"発言": segment.number})


def _heard_state(segment: TranscriptSegment, words: str) -> str:
    return State.HEARD if words == segment.text_as_read or not segment.text_as_read else State.CORRECTED


def _flags_of(transcript: Transcript, segment: TranscriptSegment, words: str) -> dict[str, object]:
    """Return the flags of new words; that the sound goes on after the last words stays."""
    known = words_for(transcript.recording.meeting.body)
    found = text_flags(words, names=known.names, terms=known.terms)
    kept = [flag for flag in segment.found_flags if flag.kind == FlagKind.SILENT_TAIL]
    segment.set_flags([*found, *kept])
    return {"flags": segment.flags, "must_be_heard": segment.must_be_heard}


def _save(segment: TranscriptSegment, seen: int, **changes: object) -> None:
    if not compare_and_set(segment, {"revision": seen}, **changes, revision=seen + 1):
        raise Conflict(OTHERS_FIRST)


@transaction.atomic
def delete(segment: TranscriptSegment, *, seen: int, by: Actor) -> None:
    """Take a piece out (発言の削除); it can be brought back by correcting it. Raises Conflict, Closed."""
    held = segment.transcript.hold()
    _save(segment, seen, state=State.DELETED)
    changes_of(segment, Act.DELETED, segment.text, user_of(by))
    record(held, "発言の削除", by=by, after={"発言": segment.number})


@transaction.atomic
def split(segment: TranscriptSegment, *, before: str, after: str, seen: int, by: Actor) -> TranscriptSegment:
    """Make two pieces of one (発言の分割) and return the second.

    Its place is where its first word is spoken; without words it is reckoned by the number of letters. Raises
    Refused, Conflict, Closed.
    """
    held, first, second, whole = segment.transcript.hold(), one_line(before), one_line(after), segment.text
    words, later = _words_between(segment, first, second)
    middle = _middle(segment, len(first), len(second), later)
    end, flags = segment.end_ms, _flags_of(held, segment, first)
    _save(segment, seen, text=first, state=State.UNCHECKED, end_ms=middle, words=words, **flags)
    make_room(held, segment.position)
    made = TranscriptSegment(
        transcript=held, number=next_position(held.segments.all(), held, "number"), position=segment.position + 1,
        start_ms=middle, end_ms=end, text_as_read=second, text=second, words=later,
    )  # fmt: skip
    _flags_of(held, made, second)
    made.save()
    changes_of(segment, Act.SPLIT, whole, user_of(by))
    record(held, "発言の分割", by=by, after={"発言": segment.number, "新しい発言": made.number})
    return made


def _words_between(segment: TranscriptSegment, first: str, second: str) -> tuple[Words, Words]:
    """Return the words of both parts; none where the parts are not the words that were read, or cut one of them."""
    words, letters = segment.spoken_words, 0
    if "".join(f"{first}{second}".split()) != "".join(segment.text.split()):
        return [], []
    for at, word in enumerate(words):
        if letters == len("".join(first.split())):
            return words[:at], words[at:]
        letters += len("".join(word["text"].split()))
    return [], []


def _middle(segment: TranscriptSegment, first: int, second: int, later: Words) -> int | None:
    """Return where the second part begins, within the piece."""
    if segment.start_ms is None or segment.end_ms is None:
        return segment.start_ms
    if later:
        spoken = round(float(later[0]["start"]) * 1000)
        return min(max(segment.start_ms, spoken), segment.end_ms)
    return segment.start_ms + (segment.end_ms - segment.start_ms) * first // (first + second)


@transaction.atomic
def join(segment: TranscriptSegment, *, seen: int, by: Actor) -> None:
    """Add the next piece to this one (発言の連結); the next one is taken out. Raises Refused, Conflict, Closed."""
    held, before = segment.transcript.hold(), segment.text
    following = held.segments.live().filter(position__gt=segment.position).first()
    if following is None:
        raise Refused("このあとに、つなぐ発言がありません。")
    if segment.is_gap or following.is_gap:
        raise Refused(GAP_FIRST)
    text = one_line(f"{before}{following.text}")
    words, flags = [*segment.spoken_words, *following.spoken_words], _flags_of(held, segment, text)
    _save(segment, seen, text=text, state=State.UNCHECKED, end_ms=following.end_ms, words=words, **flags)
    _save(following, following.revision, state=State.DELETED)
    changes_of(segment, Act.JOINED, before, user_of(by))
    changes_of(following, Act.DELETED, following.text, user_of(by))
    record(held, "発言の連結", by=by, after={"発言": segment.number, "つないだ発言": following.number})


@transaction.atomic
def rename_speaker(transcript: Transcript, former: str, name: str, *, by: Actor) -> int:
    """Name a speaker otherwise everywhere (発言者の名前の変更); return at how many places. Raises Refused, Closed."""
    held, wanted = transcript.hold(), name.strip()[:80]
    if not wanted:
        raise Refused("発言者の新しい名前を、職(氏名)の形で書いてください。")
    places = held.segments.filter(speaker=former).exclude(speaker="")
    changed = places.update(speaker=wanted, revision=F("revision") + 1)
    if not changed:
        raise Refused("その名前の発言者は、もういません。画面を開き直してください。")
    record(held, "発言者の名前の変更", by=by, after={"箇所": changed})
    return changed
