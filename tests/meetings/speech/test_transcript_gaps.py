"""A place that could not be heard stands in the transcript as a gap: nothing is lost unseen, the rest is complete."""

import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from tests.cast import meetings, recordings
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.file_validation.bounded_read import ReadLimits
from todoke.jobs.models import Job
from todoke.meetings.models import Transcript, TranscriptChunk, TranscriptSegment
from todoke.meetings.models.transcript_chunk import store_sound
from todoke.meetings.speech import segment_acts, transcription_jobs, transcription_request
from todoke.meetings.speech.engines.rehearsed_speech import prepare, rehearsed_between
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment
from todoke.meetings.speech.transcript_confirmation import confirm
from todoke.meetings.speech.transcript_gaps import hear_again
from todoke.meetings.tasks import fail_lost_transcripts
from todoke.runtime.refusals import Conflict, NotYet, Refused

pytestmark = pytest.mark.django_db
TEXTS = [f"{sign}の話です。" for sign in "いろはにほへとち"]
SAID = [recordings.said(21.0 * n, text) for n, text in enumerate(TEXTS)]
SECOND = "聞き取れませんでした(1:45〜2:47)"


@pytest.fixture(autouse=True)
def _rehearsal(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"


@pytest.fixture
def by() -> User:
    return meetings.secretary()


@pytest.fixture
def made(by: User) -> Transcript:
    """A transcript of two chunks of which the engine could not hear the second one."""
    made = recordings.requested(by, TEXTS)
    transcription_jobs.cut_into_chunks(made.pk)
    first, second = made.chunks.all()
    transcription_jobs.hear_chunk(first.pk)
    prepare(made.recording.sha256, [SpokenSegment(0, 1, "", 0.9)])
    transcription_jobs.hear_chunk(second.pk)
    made.refresh_from_db()
    return made


def gap_of(made: Transcript) -> TranscriptSegment:
    return made.segments.gaps().get()


def texts(made: Transcript) -> list[str]:
    return list(made.segments.live().values_list("text", flat=True))


def test_a_chunk_that_always_fails_is_a_gap_with_its_place_and_reason_and_the_rest_is_there(
    made: Transcript, by: User
) -> None:
    assert made.status == "checking"
    assert texts(made) == [*TEXTS[:5], ""]
    gap = gap_of(made)
    assert (gap.start_ms, gap.end_ms, gap.gap_words) == (105_000, 167_000, SECOND)
    assert gap.waits
    assert "決まりに合いません" in gap.chunk.problem
    with pytest.raises(NotYet, match="まだ聞いていない発言が1件"):
        confirm(made, by=by)


def test_a_gap_that_is_heard_again_gets_its_words_at_its_place(made: Transcript, by: User) -> None:
    segment_acts.split(recordings.piece(made, 1), before="いの", after="話です。", seen=0, by=by)
    prepare(made.recording.sha256, SAID)
    hear_again(gap_of(made), by=by)
    with pytest.raises(Conflict, match="いま聞き直しているか"):
        hear_again(gap_of(made), by=by)
    recordings.work()
    assert texts(made) == ["いの", "話です。", *TEXTS[1:]]
    last = made.segments.last()
    assert last is not None
    assert (last.start_ms, last.end_ms, last.probability, last.must_be_heard) == (147_000, 167_000, 0.9, False)
    assert [each.act for each in Entry.objects.filter(act__startswith="聞き取れなかったところ")] == [
        "聞き取れなかったところの聞き直し", "聞き取れなかったところの聞取り",
    ]  # fmt: skip
    fail_lost_transcripts.call()
    assert not made.chunks.exists()
    with pytest.raises(Conflict, match="もう言葉が入っています"):
        hear_again(recordings.piece(made, 6), by=by)


def test_what_a_person_wrote_or_deleted_meanwhile_stays(made: Transcript, by: User) -> None:
    prepare(made.recording.sha256, SAID)
    hear_again(gap_of(made), by=by)
    segment_acts.correct(gap_of(made), text="へとち。", speaker="", seen=0, by=by, is_heard=True)
    recordings.work()
    assert texts(made) == [*TEXTS[:5], "へとち。"]
    written = recordings.piece(made, 6)
    assert (written.state, written.waits) == ("heard", False)
    assert confirm(made, by=by).pk
    fail_lost_transcripts.call()
    assert not made.chunks.exists()


def test_a_gap_without_words_stays_a_gap_until_a_person_deletes_it(made: Transcript, by: User) -> None:
    prepare(made.recording.sha256, [])
    hear_again(gap_of(made), by=by)
    recordings.work()
    assert gap_of(made).chunk.problem == transcription_jobs.NO_WORDS
    segment_acts.delete(gap_of(made), seen=0, by=by)
    assert confirm(made, by=by).pk


def test_a_gap_is_not_joined_away(made: Transcript, by: User) -> None:
    before = recordings.piece(made, 5)
    with pytest.raises(Refused, match="聞き取れなかったところは、つなげません"):
        segment_acts.join(before, seen=before.revision, by=by)
    assert gap_of(made).gap_words == SECOND


def test_a_gap_whose_workers_are_lost_too_often_can_be_heard_again(made: Transcript, by: User) -> None:
    hear_again(gap_of(made), by=by)
    Job.objects.update(status=Job.Status.DEAD)
    fail_lost_transcripts.call()
    assert gap_of(made).chunk.problem == transcription_jobs.LOST
    prepare(made.recording.sha256, SAID)
    hear_again(gap_of(made), by=by)
    recordings.work()
    assert texts(made) == TEXTS


def test_words_that_a_worker_left_before_their_place_are_put_there(made: Transcript, by: User) -> None:
    prepare(made.recording.sha256, SAID)
    hear_again(gap_of(made), by=by)
    chunk = made.chunks.get()
    chunk.keep(rehearsed_between(made.recording.sha256, chunk.start_ms, chunk.end_ms))
    Job.objects.update(status=Job.Status.DEAD)
    fail_lost_transcripts.call()
    assert texts(made) == TEXTS
    assert not made.chunks.exists()


def test_the_sound_of_a_gap_is_kept_until_it_has_words(made: Transcript, by: User) -> None:
    path = store_sound(Path(__file__), "gap")
    made.chunks.update(path=path)
    fail_lost_transcripts.call()
    assert default_storage.exists(path)
    segment_acts.correct(gap_of(made), text="へとち。", speaker="", seen=0, by=by, is_heard=True)
    fail_lost_transcripts.call()
    assert not default_storage.exists(path)


def test_a_place_that_is_broken_is_a_gap_that_only_a_person_can_fill(by: User) -> None:
    made = recordings.requested(by, TEXTS)
    transcription_jobs.cut_into_chunks(made.pk)
    broken = {"status": TranscriptChunk.Status.BROKEN, "problem": "壊れています。"}
    made.chunks.create(number=3, start_ms=21_000, end_ms=23_000, **broken)
    recordings.work()
    made.refresh_from_db()
    assert (made.status, texts(made)) == ("checking", [*TEXTS[:2], "", *TEXTS[2:]])
    with pytest.raises(Conflict):
        hear_again(gap_of(made), by=by)


def test_a_program_that_never_ends_is_ended_and_the_recording_is_kept(
    by: User, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription_jobs, "CHUNK_LIMITS", ReadLimits(seconds=1))
    program = tmp_path / "engine.py"
    program.write_text("while True: pass")
    settings.TRANSCRIBER = f"command:{sys.executable} {program}"
    made = transcription_request.request(recordings.recording(by), by=by)
    recordings.work()
    made.refresh_from_db()
    assert (made.status, made.problem) == ("failed", transcription_jobs.NOTHING_HEARD)
    assert "打ち切りました" in made.chunks.get().problem
    with made.recording.open() as sound:
        assert sound.read(4) == b"RIFF"
