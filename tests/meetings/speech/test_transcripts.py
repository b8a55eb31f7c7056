"""A transcript is corrected by people who hear it, two at once lose nothing, and minutes come of what was heard."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.cast import meetings, recordings
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.meetings.models import Meeting, SegmentChange, Transcript, TranscriptSegment
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.meetings.speech import segment_acts, transcript_confirmation, transcript_intake
from todoke.runtime.refusals import Closed, Conflict, NotYet, Refused

pytestmark = pytest.mark.django_db
State = TranscriptSegment.State


def test_a_file_becomes_pieces_with_the_reasons_why_they_must_be_heard() -> None:
    made = recordings.transcript(meetings.secretary(), recordings.VTT + "\n迷子の行\n")
    rows = list(made.segments.all())
    assert [each.text for each in rows] == [
        "それでは始めます。", "申請の一覧は12月5日までに作成します。", "ご視聴ありがとうございました",
    ]  # fmt: skip
    assert [each.fragment for each in rows] == ["#t=0.0,1.5", "#t=1.5,3.0", "#t=3.0,4.0"]
    assert [each.waits for each in rows] == [False, True, False]
    assert [reason for reason, _ in rows[1].reasons] == ["日付・期限", "数字"]
    assert made.left_out == [{"line": 15, "text": "迷子の行", "reason": "時刻がありません"}]
    assert (made.status, made.get_origin_display(), made.notation) == ("checking", "ファイル", "WebVTT")
    assert Entry.objects.filter(act="文字起こしの取込み").count() == 1


def test_a_post_a_person_and_a_word_of_the_body_are_noticed() -> None:
    by = meetings.secretary()
    sound = recordings.recording(by)
    keep_terms(sound.meeting.body, [("電子契約", "")], by=by)
    made = transcript_intake.take_in(sound, "吉田が答えます。\n電子契役にします。".encode(), by=by)
    assert [each.reasons[0][0] for each in made.segments.all()] == [
        "職名・氏名(吉田)", "「電子契役」は用語の「電子契約」かもしれない",
    ]  # fmt: skip
    assert [each.must_be_heard for each in made.segments.all()] == [True, False]


def test_words_that_were_heard_are_marked_and_what_was_read_stays() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by)
    segment_acts.correct(
        recordings.piece(made, 2), text="申請の一覧は\n後日作成します。", speaker="", seen=0, by=by, is_heard=True
    )
    now = recordings.piece(made, 2)
    assert (now.state, now.text, now.revision) == (State.CORRECTED, "申請の一覧は 後日作成します。", 1)
    assert now.text_as_read == "申請の一覧は12月5日までに作成します。"
    segment_acts.correct(now, text="12月6日です", speaker="", seen=1, by=by)
    assert recordings.piece(made, 2).waits, "numbers that nobody heard"
    changes = list(now.changes.all())
    assert [(each.act, each.after) for each in changes] == [
        ("corrected", "申請の一覧は 後日作成します。"), ("corrected", "12月6日です"),
    ]  # fmt: skip
    with pytest.raises(TypeError):
        changes[0].save()
    with pytest.raises(TypeError):
        changes[0].delete()
    assert Entry.objects.filter(act="発言の聞取り").count() == 1


def test_of_two_at_one_piece_the_later_is_told_and_nothing_is_overwritten() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by)
    first, second = recordings.piece(made, 1), recordings.piece(made, 1)
    segment_acts.correct(first, text="では始めます。", speaker="", seen=0, by=by)
    for act in (
        lambda: segment_acts.correct(second, text="始めましょう。", speaker="", seen=0, by=by),
        lambda: segment_acts.delete(second, seen=0, by=by),
        lambda: segment_acts.split(second, before="あ", after="い", seen=0, by=by),
        lambda: segment_acts.join(second, seen=0, by=by),
    ):
        with pytest.raises(Conflict, match="先に直しました"):
            act()
    assert recordings.piece(made, 1).text == "では始めます。"
    assert made.segments.count() == 3
    assert SegmentChange.objects.count() == 1


def test_a_piece_is_split_joined_taken_out_and_brought_back() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by)
    new = segment_acts.split(recordings.piece(made, 2), before="申請の一覧は", after="5日に作成", seen=0, by=by)
    assert (new.number, new.position, new.start_ms, new.end_ms) == (4, 3, 2318, 3000)
    assert [(each.number, each.position) for each in made.segments.all()] == [(1, 1), (2, 2), (4, 3), (3, 4)]
    segment_acts.join(recordings.piece(made, 2), seen=1, by=by)
    joined = recordings.piece(made, 2)
    assert (joined.text, joined.end_ms, joined.waits) == ("申請の一覧は5日に作成", 3000, True)
    segment_acts.delete(recordings.piece(made, 3), seen=0, by=by)
    assert [each.number for each in made.segments.live()] == [1, 2]
    with pytest.raises(Refused, match="つなぐ発言がありません"):
        segment_acts.join(joined, seen=joined.revision, by=by)
    gone = recordings.piece(made, 3)
    segment_acts.correct(gone, text=gone.text, speaker="", seen=gone.revision, by=by)
    assert recordings.piece(made, 3).state == State.UNCHECKED
    with pytest.raises(Refused, match="文を書いて"):
        segment_acts.correct(gone, text=" ", speaker="", seen=gone.revision, by=by)


def test_a_speaker_speaks_until_the_next_and_is_renamed_everywhere() -> None:
    by = meetings.secretary()
    text = "00:00:01 吉田: はい。\n00:00:02 吉田: ええ。\n00:00:03 委員: どうぞ。\n00:00:04 吉田: では。"
    made = recordings.transcript(by, text)
    assert [each.speaker for each in made.segments.all()] == ["吉田", "", "委員", "吉田"]
    assert segment_acts.rename_speaker(made, "吉田", "DX推進課長(吉田)", by=by) == 2
    assert [each.speaker for each in made.segments.all()] == ["DX推進課長(吉田)", "", "委員", "DX推進課長(吉田)"]
    for former, name in (("吉田", "部長"), ("委員", " ")):
        with pytest.raises(Refused):
            segment_acts.rename_speaker(made, former, name, by=by)


def test_whoever_has_no_file_types_beside_the_player() -> None:
    by = meetings.secretary()
    made = Transcript.begin(recordings.recording(by), by=by)
    one = transcript_intake.add_piece(made, "12月5日までに\n作成します。", by=by, speaker="課長", start_ms=1500)
    two = transcript_intake.add_piece(made, "はい。", by=by)
    assert (one.text, one.state, one.waits, two.position) == ("12月5日までに 作成します。", State.HEARD, False, 2)
    with pytest.raises(Refused):
        transcript_intake.add_piece(made, " ", by=by)
    with pytest.raises(Refused, match="字までです"):
        transcript_intake.add_piece(made, "長" * 2_001, by=by)


def test_minutes_are_made_when_all_that_must_be_heard_was_and_every_line_knows_its_place() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by)
    with pytest.raises(NotYet, match="まだ聞いていない発言が1件"):
        transcript_confirmation.confirm(made, by=by)
    recordings.hear(made, by=by)
    segment_acts.delete(recordings.piece(made, 3), seen=0, by=by)
    minutes = transcript_confirmation.confirm(made, by=by)
    assert minutes.lines == [
        "第1回 DX推進本部 会議録", "日時 2026年5月12日", "", "○本部長(山田) それでは始めます。",
        "○DX推進課長(吉田) 申請の一覧は12月5日までに作成します。",
    ]  # fmt: skip
    promised = minutes.suggestions.get(kind="commitment")
    assert (promised.owner, promised.due_text) == ("DX推進課長", "12月5日まで")
    place = transcript_confirmation.heard_at(minutes, promised.line)
    assert place is not None
    assert (place.number, place.fragment) == (2, "#t=1.5,3.0")
    assert transcript_confirmation.heard_at(minutes, 1) is None
    made.refresh_from_db()
    assert (made.status, Meeting.objects.get().status) == ("confirmed", "held")
    for act in (
        lambda: segment_acts.delete(recordings.piece(made, 1), seen=0, by=by),
        lambda: transcript_intake.add_piece(made, "はい", by=by),
        lambda: Transcript.begin(made.recording, by=by),
        lambda: transcript_confirmation.confirm(made, by=by),
    ):
        with pytest.raises(Closed):
            act()


def test_an_empty_transcript_and_a_second_one_of_a_meeting_make_no_minutes() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by, "はい。")
    empty = Transcript.begin(made.recording, by=by)
    with pytest.raises(Refused, match="発言がまだありません"):
        transcript_confirmation.confirm(empty, by=by)
    transcript_confirmation.confirm(made, by=by)
    transcript_intake.add_piece(empty, "ええ。", by=by)
    with pytest.raises(Refused, match="もう取り込まれています"):
        transcript_confirmation.confirm(empty, by=by)


def test_the_database_takes_one_confirmed_transcript_of_a_recording() -> None:
    by = meetings.secretary()
    made = recordings.transcript(by, "はい。")
    other = Transcript.begin(made.recording, by=by)
    minutes = transcript_confirmation.confirm(made, by=by)
    second = type(minutes).objects.create(meeting=minutes.meeting, text="", reading={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Transcript.objects.filter(pk=other.pk).update(status="confirmed", minutes=second)


def heard_by_an_engine(settings: Settings, by: User) -> TranscriptSegment:
    """A piece of two words of ten seconds each: 一覧を作 and ります。"""
    settings.TRANSCRIBER = "rehearsal"
    made = recordings.requested(by, ["一覧を作ります。", "以上です。"])
    recordings.work()
    return recordings.piece(made, 1)


def test_a_piece_is_split_where_its_next_word_is_spoken_and_joined_with_all_words(settings: Settings) -> None:
    by = meetings.secretary()
    piece = heard_by_an_engine(settings, by)
    made = piece.transcript
    assert [word["text"] for word in piece.spoken_words] == ["一覧を作", "ります。"]
    second = segment_acts.split(piece, before="一覧を作", after="ります。", seen=0, by=by)
    piece.refresh_from_db()
    assert (piece.end_ms, second.start_ms, second.end_ms) == (10_000, 10_000, 20_000)
    assert ([w["text"] for w in piece.spoken_words], [w["text"] for w in second.spoken_words]) == (
        ["一覧を作"], ["ります。"],
    )  # fmt: skip
    segment_acts.join(piece, seen=1, by=by)
    joined = recordings.piece(made, 1)
    assert (joined.text, [word["start"] for word in joined.spoken_words]) == ("一覧を作ります。", [0.0, 10.0])


def test_within_a_word_the_letters_are_counted_and_corrected_words_are_not_marked(settings: Settings) -> None:
    by = meetings.secretary()
    piece = heard_by_an_engine(settings, by)
    second = segment_acts.split(piece, before="一覧を", after="作ります。", seen=0, by=by)
    assert (second.start_ms, second.spoken_words) == (20_000 * 3 // 8, [])
    other = recordings.piece(piece.transcript, 2)
    segment_acts.correct(other, text="以上でした。", speaker="", seen=0, by=by)
    assert recordings.piece(piece.transcript, 2).spoken_words == []
    assert other.words
