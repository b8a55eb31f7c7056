"""Two workers at one chunk, at the last two, and beside somebody who cancels: nothing happens twice."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

import pytest
from pytest_django import Settings

from tests.cast import meetings, recordings
from tests.cast.races import together
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.meetings.models import Transcript, TranscriptChunk, TranscriptSegment
from todoke.meetings.speech import transcription_jobs, transcription_request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]
TEXTS = ["始めます。", "一覧を作ります。", "5日です。", "はい。", "はい。", "はい。", "終わります。"]
TRIALS = 15


@pytest.fixture(autouse=True)
def _rehearsal(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"


def again(first: Transcript, by: User) -> Transcript:
    """One more transcript of the same recording, cut into two chunks."""
    made = transcription_request.request(first.recording, by=by)
    transcription_jobs.cut_into_chunks(made.pk)
    return made


def test_two_workers_at_both_chunks_put_one_transcript_together() -> None:
    by = meetings.secretary()
    first = recordings.requested(by, TEXTS)
    recordings.work()
    for _ in range(TRIALS):
        made = again(first, by)
        one, two = made.chunks.values_list("pk", flat=True)
        hears = [partial(transcription_jobs.hear_chunk, each) for each in (one, two)]
        assert all(together(*hears, *hears))
        assert [each.text for each in made.segments.all()] == TEXTS
    assert Entry.objects.filter(act="文字起こしの終わり").count() == 1 + TRIALS
    assert not TranscriptChunk.objects.exists()


def test_two_workers_cut_a_recording_once() -> None:
    by = meetings.secretary()
    first = recordings.requested(by, TEXTS)
    recordings.work()
    for _ in range(TRIALS):
        made = transcription_request.request(first.recording, by=by)
        assert all(together(*[partial(transcription_jobs.cut_into_chunks, made.pk)] * 2))
        assert made.chunks.count() == 2
        made.refresh_from_db()
        transcription_request.cancel(made, by=by)


def test_whoever_cancels_while_the_last_chunk_is_heard_gets_all_or_nothing() -> None:
    by = meetings.secretary()
    first = recordings.requested(by, TEXTS)
    recordings.work()
    for _ in range(TRIALS):
        made = again(first, by)
        one, two = made.chunks.values_list("pk", flat=True)
        transcription_jobs.hear_chunk(one)
        made.refresh_from_db()
        heard, cancelled = together(
            partial(transcription_jobs.hear_chunk, two), partial(transcription_request.cancel, made, by=by)
        )
        assert heard
        now = Transcript.objects.get(pk=made.pk)
        assert (now.status, now.segments.count()) == (("cancelled", 0) if cancelled else ("checking", len(TEXTS)))
        assert not TranscriptChunk.objects.exists()


def test_whoever_cancels_after_the_last_chunk_was_counted_stops_it_without_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by = meetings.secretary()
    first = recordings.requested(by, TEXTS)
    recordings.work()
    made = again(first, by)
    one, two = made.chunks.values_list("pk", flat=True)
    transcription_jobs.hear_chunk(one)
    made.refresh_from_db()

    def counted_and_cancelled(states: Iterable[str]) -> Counter[str]:
        found = Counter(states)
        transcription_request.cancel(made, by=by)
        return found

    monkeypatch.setattr(transcription_jobs, "Counter", counted_and_cancelled)
    transcription_jobs.hear_chunk(two)
    made.refresh_from_db()
    assert (made.status, made.segments.count()) == ("cancelled", 0)


def test_two_who_press_at_once_begin_one_transcript() -> None:
    by = meetings.secretary()
    sound = recordings.rehearsed(by, [recordings.said(0, "はい。")])
    for trial in range(TRIALS):
        assert sum(together(*[lambda: transcription_request.request(sound, by=by)] * 3)) == 1
        recordings.work()
        assert TranscriptSegment.objects.count() == trial + 1
