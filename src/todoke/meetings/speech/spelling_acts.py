"""Spelling acts 書き方をそろえる: a person accepts how the body spells a word, at one piece or at all of them."""

from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit.log import record
from todoke.meetings.models.transcript import Transcript
from todoke.meetings.models.transcript_segment import SegmentChange, TranscriptSegment
from todoke.meetings.speech.flags import FlagKind, text_flags
from todoke.meetings.speech.organization_words import OrganizationWords, words_for
from todoke.meetings.speech.segment_acts import OTHERS_FIRST
from todoke.meetings.speech.spelling_table import SpellingProposal, SpellingTable
from todoke.runtime.refusals import Conflict, Refused

NONE_LEFT = "この書き方は、もうありません。画面を開き直して確かめてください。"
OTHERS = "見ていた提案と、いまの文が違います。画面を開き直して、もう一度確かめてください。"
BATCH = 200


def proposed(transcript: Transcript, table: SpellingTable) -> list[SpellingProposal]:
    """Return what could be spelled otherwise in a whole transcript, each spelling once, most places first."""
    places: dict[tuple[str, str], int] = {}
    for text in transcript.segments.live().values_list("text", flat=True):
        for each in table.proposals(text):
            places[each.found, each.written] = places.get((each.found, each.written), 0) + each.places
    made = [SpellingProposal(found, written, count) for (found, written), count in places.items()]
    return sorted(made, key=lambda each: (-each.places, each.found))


@transaction.atomic
def respell(segment: TranscriptSegment, *, found: str, seen: int, by: Actor) -> None:
    """Spell one word of a piece as the body does (書き方をそろえる). Raises Closed, Refused, Conflict."""
    held = segment.transcript.hold()
    words = words_for(held.recording.meeting.body)
    row = held.segments.live().get(pk=segment.pk)
    if row.revision != seen:
        raise Conflict(OTHERS_FIRST)
    if not _respell([row], words, found, by):
        raise Refused(NONE_LEFT)
    record(held, "発言の書き方", by=by, after={"発言": row.number})


@transaction.atomic
def respell_all(transcript: Transcript, *, places: int, by: Actor) -> int:
    """Spell every term as the body does in all pieces (書き方をすべてそろえる); return in how many pieces.

    ``places`` is what the person saw. Raises Closed, and Conflict where there are more or fewer now.
    """
    held = transcript.hold()
    words = words_for(held.recording.meeting.body)
    if sum(each.places for each in proposed(held, words.spelling)) != places:
        raise Conflict(OTHERS)
    changed = _respell(list(held.segments.live()), words, "", by)
    record(held, "発言の書き方", by=by, after={"発言の数": changed, "箇所": places})
    return changed


def _respell(rows: list[TranscriptSegment], words: OrganizationWords, only: str, by: Actor) -> int:
    """Change and keep those rows that are spelled otherwise, with their history; return how many.

    What was heard stays heard and must be heard for the same reasons; the transcript is locked by the caller.
    """
    changed, history = [], []
    for row in rows:
        before, row.text = row.text, words.spelling.respelled(row.text, only)
        if row.text == before:
            continue
        row.revision += 1
        near = [flag for flag in text_flags(row.text, terms=words.terms) if flag.kind == FlagKind.NEAR_TERM]
        kept = [flag for flag in row.found_flags if flag.kind != FlagKind.NEAR_TERM]
        row.set_flags([*kept, *near])
        changed.append(row)
        history.append(
            SegmentChange(
                segment=row, act=SegmentChange.Act.SPELLED, before=before, after=row.text, speaker=row.speaker,
                by=user_of(by),
            )
        )  # fmt: skip
    TranscriptSegment.objects.bulk_update(changed, ["text", "revision", "flags", "must_be_heard"], batch_size=BATCH)
    SegmentChange.objects.bulk_create(history, batch_size=BATCH)
    return len(changed)
