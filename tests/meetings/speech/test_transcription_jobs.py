"""A recording is written down by jobs, one a chunk: nothing is heard twice or lost, whoever is killed or cancels."""

import hashlib
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from tests.cast import meetings, recordings
from todoke.audit.models import Entry
from todoke.jobs.models import Job
from todoke.meetings.models import Transcript, TranscriptChunk, TranscriptSegment
from todoke.meetings.models.transcript_chunk import store_sound
from todoke.meetings.speech import transcription_jobs, transcription_request
from todoke.meetings.speech.engines.audio_chunks import packed
from todoke.meetings.speech.engines.rehearsed_speech import LABEL, prepare, rehearsed_between
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment
from todoke.meetings.speech.retention_of_recordings import erase_expired
from todoke.meetings.speech.transcript_intake import take_in
from todoke.meetings.tasks import fail_lost_transcripts
from todoke.runtime.refusals import Closed, Conflict, Refused

pytestmark = pytest.mark.django_db
TEXTS = [
    "始めます。", "手続の一覧を作ります。", "12月5日までに出します。", "はい。", "はい。", "はい。", "予算は千円です。",
    "終わります。",
]  # fmt: skip
HEARING = "todoke.meetings.tasks.hear_chunk"


@pytest.fixture(autouse=True)
def _rehearsal(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"


def cut(of: Transcript) -> list[TranscriptChunk]:
    transcription_jobs.cut_into_chunks(of.pk)
    return list(of.chunks.all())


def content(of: Transcript) -> list[tuple[object, ...]]:
    """The pieces as they stand in the table."""
    columns = ("number", "position", "start_ms", "end_ms", "text", "text_as_read", "words", "flags", "probability")
    return list(of.segments.values_list(*columns))


def test_speech_is_packed_at_pauses_of_half_a_second_into_chunks_that_are_short_enough() -> None:
    assert packed([]) == []
    spans = [(0, 50), (100, 180), (690, 900), (910, 1_000)]
    assert [(each.start_ms, each.end_ms) for each in packed(spans, 1_000)] == [(0, 1_000)]
    assert [(each.start_ms, each.end_ms) for each in packed(spans, 950)] == [(0, 180), (690, 1_000)]
    assert [(each.start_ms, each.end_ms) for each in packed([(0, 600), (650, 1_300)], 1_000)] == [
        (0, 600),
        (650, 1_300),
    ]
    assert [(each.start_ms, each.end_ms) for each in packed([(0, 9_000)], 1_000)] == [(0, 9_000)]


def test_a_recording_becomes_a_transcript_with_flags_over_the_whole() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    assert (made.status, made.get_status_display(), made.engine) == ("waiting", "待機", "rehearsal")
    assert [(each.start_ms, each.end_ms) for each in cut(made)] == [(0, 104_000), (105_000, 167_000)]
    recordings.work()
    made.refresh_from_db()
    assert (made.status, made.get_origin_display(), made.engine_version) == ("checking", "機械", "1")
    rows = list(made.segments.all())
    assert [each.text for each in rows] == TEXTS
    assert [each.must_be_heard for each in rows] == [False, False, True, False, False, False, True, False]
    assert {reason for each in rows[3:6] for reason, _ in each.reasons} == {"同じ文が3回以上続く"}, "across two chunks"
    assert (rows[2].start_ms, rows[2].end_ms, rows[2].probability) == (42_000, 62_000, 0.9)
    assert [word["text"] for word in rows[2].words] == ["12月5日ま", "でに出します。"]
    assert not made.chunks.exists()
    assert Job.objects.filter(task=HEARING).count() == 2
    assert [each.act for each in Entry.objects.filter(act__startswith="文字起こし")] == [
        "文字起こしの依頼", "文字起こしの終わり",
    ]  # fmt: skip


def test_what_the_engine_doubts_and_a_silent_end_are_marked() -> None:
    by = meetings.secretary()
    sound = recordings.rehearsed(by, [recordings.said(0, "商人します。", sure=0.2)])
    sound.note_seconds(None)
    type(sound).objects.filter(pk=sound.pk).update(seconds=400)
    sound.refresh_from_db()
    sound.note_seconds(5)
    made = transcription_request.request(sound, by=by)
    recordings.work()
    assert [reason for reason, _ in made.segments.get().reasons] == [
        "このあと録音の終わりまで6分20秒、発言がない", "確かでない語(商人し)",
    ]  # fmt: skip


def test_a_worker_that_died_before_the_end_is_taken_over_and_nothing_is_doubled() -> None:
    by = meetings.secretary()
    expected = recordings.requested(by, TEXTS)
    recordings.work()
    again = transcription_request.request(expected.recording, by=by)
    first, second = cut(again)
    heard = [rehearsed_between(again.recording.sha256, each.start_ms, each.end_ms) for each in (first, second)]
    assert first.keep(heard[0])
    transcription_jobs.hear_chunk(first.pk)
    assert not again.segments.exists()
    transcription_jobs.hear_chunk(second.pk)
    for _ in range(2):
        transcription_jobs.hear_chunk(second.pk)
        transcription_jobs.cut_into_chunks(again.pk)
    recordings.work()
    assert content(again) == content(expected)
    assert Entry.objects.filter(act="文字起こしの終わり").count() == 2


def test_a_worker_that_died_after_the_last_chunk_leaves_the_rest_to_the_next() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    for each in cut(made):
        assert each.keep(rehearsed_between(made.recording.sha256, each.start_ms, each.end_ms))
        assert not TranscriptChunk.objects.get(pk=each.pk).keep(rehearsed_between("", 0, 1)), "it is written once"
    assert not made.segments.exists()
    recordings.work()
    assert [each.text for each in made.segments.all()] == TEXTS


def test_a_recording_of_which_nothing_can_be_heard_is_tried_again() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    cut(made)
    prepare(made.recording.sha256, [SpokenSegment(0, 1, "", 0.9)])
    recordings.work()
    made.refresh_from_db()
    assert (made.status, made.problem) == ("failed", transcription_jobs.NOTHING_HEARD)
    assert all("決まりに合いません" in each.problem for each in made.chunks.failed())
    with pytest.raises(Conflict, match="もう文字に起こし始めて"):
        transcription_request.request(made.recording, by=by)
    prepare(made.recording.sha256, [recordings.said(21.0 * n, text) for n, text in enumerate(TEXTS)])
    transcription_request.retry(made, by=by)
    assert (made.status, made.problem) == ("processing", "")
    recordings.work()
    made.refresh_from_db()
    assert [each.text for each in made.segments.all()] == TEXTS
    assert Job.objects.filter(task=HEARING).count() == 4
    with pytest.raises(Conflict, match="聞き直し中"):
        transcription_request.retry(made, by=by)


def test_a_transcript_whose_workers_were_lost_too_often_is_said_and_heard_again() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    assert transcription_jobs.fail_lost() == 0
    Job.objects.update(status=Job.Status.DEAD)
    assert (transcription_jobs.fail_lost(), transcription_jobs.fail_lost()) == (1, 0)
    made.refresh_from_db()
    assert (made.status, made.problem) == ("failed", transcription_jobs.LOST)
    transcription_request.retry(made, by=by)
    transcription_jobs.cut_into_chunks(made.pk)
    assert transcription_jobs.fail_lost() == 0
    Job.objects.filter(task=HEARING).order_by("-pk").update(status=Job.Status.DEAD)
    assert transcription_jobs.fail_lost() == 1
    made.refresh_from_db()
    assert made.chunks.failed().count() == 2
    transcription_request.retry(made, by=by)
    recordings.work()
    assert [each.text for each in made.segments.all()] == TEXTS


def test_sounds_that_a_crash_left_after_the_end_are_deleted() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    left = cut(made)[0]
    TranscriptChunk.objects.filter(pk=left.pk).update(path=store_sound(Path(__file__), "left"))
    left.refresh_from_db()
    fail_lost_transcripts.call()
    assert default_storage.exists(left.path)
    Transcript.objects.filter(pk=made.pk).update(status=Transcript.Status.CANCELLED)
    fail_lost_transcripts.call()
    assert not made.chunks.exists()
    assert not default_storage.exists(left.path)


def test_another_engine_in_the_middle_is_said_and_a_recording_without_speech_too(settings: Settings) -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    cut(made)
    settings.TRANSCRIBER = "none"
    recordings.work()
    assert {each.problem for each in made.chunks.all()} == {transcription_jobs.OTHER_ENGINE}
    made.refresh_from_db()
    transcription_request.cancel(made, by=by)
    with pytest.raises(Refused, match="部品を使っていません"):
        transcription_request.request(made.recording, by=by)
    settings.TRANSCRIBER = "rehearsal"
    prepare(made.recording.sha256, [])
    silent = transcription_request.request(made.recording, by=by)
    recordings.work()
    silent.refresh_from_db()
    assert (silent.status, silent.problem) == ("failed", transcription_jobs.NOBODY_SPEAKS)
    transcription_request.retry(silent, by=by)
    assert silent.status == "waiting"
    recordings.work()
    assert Job.objects.filter(task__endswith="cut_recording").count() == 3


def test_whoever_cancels_gets_nothing_and_another_transcript_can_be_begun() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    first, second = cut(made)
    transcription_jobs.hear_chunk(first.pk)
    made.refresh_from_db()
    transcription_request.cancel(made, by=by)
    transcription_jobs.hear_chunk(second.pk)
    recordings.work()
    assert (made.status, made.get_status_display()) == ("cancelled", "取りやめ")
    assert not TranscriptChunk.objects.exists()
    assert not TranscriptSegment.objects.exists()
    with pytest.raises(Conflict, match="取りやめ"):
        transcription_request.cancel(made, by=by)
    assert transcription_request.request(made.recording, by=by).number == 2


def test_a_confirmed_and_an_erased_recording_are_not_written_down() -> None:
    by = meetings.secretary()
    sound = recordings.rehearsed(by, [])
    sound.erase(by=by)
    with pytest.raises(Closed, match="消したので"):
        transcription_request.request(sound, by=by)


def test_a_recording_that_nobody_prepared_says_the_label_alone() -> None:
    by = meetings.secretary()
    made = transcription_request.request(recordings.recording(by), by=by)
    recordings.work()
    assert made.segments.get().text == LABEL


def test_a_program_of_the_municipality_hears_the_whole_and_tells_its_model(settings: Settings, tmp_path: Path) -> None:
    program = tmp_path / "engine.py"
    program.write_text(
        "import json\n"
        "piece = {'start': 0, 'end': 2, 'text': '5日です。', 'probability': 0.9, 'words': []}\n"
        f"print(json.dumps({{'name': 'mine', 'version': '2', 'model_sha256': '{'a' * 64}', 'segments': [piece]}}))\n"
    )
    settings.TRANSCRIBER = f"command:{sys.executable} {program}"
    by = meetings.secretary()
    made = transcription_request.request(recordings.recording(by), by=by)
    recordings.work()
    made.refresh_from_db()
    assert (made.engine, made.engine_version, made.model_sha256) == ("mine", "2", "a" * 64)
    assert [(each.text, each.waits) for each in made.segments.all()] == [("5日です。", True)]
    program.write_text("raise SystemExit(3)")
    broken = transcription_request.request(made.recording, by=by)
    recordings.work()
    assert "終了コード 3" in broken.chunks.get().problem


def test_the_sounds_of_chunks_go_with_the_recording(tmp_path: Path) -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    cut(made)
    (tmp_path / "1.wav").write_bytes(b"sound")
    path = store_sound(tmp_path / "1.wav", hashlib.sha256(b"").hexdigest())
    made.chunks.filter(number=1).update(path=path)
    recording = type(made.recording).objects
    recording.update(keep_until="2026-01-01")
    assert erase_expired() == 1
    assert not default_storage.exists(path)
    assert not made.chunks.exists()


def test_a_file_may_be_taken_in_while_an_engine_is_at_work() -> None:
    by = meetings.secretary()
    made = recordings.requested(by, TEXTS)
    assert take_in(made.recording, recordings.VTT.encode(), by=by).status == "checking"
    recordings.work()
    made.refresh_from_db()
    assert made.status == "checking"
