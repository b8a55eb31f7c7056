"""The secretariat receives a recording, hears and corrects its transcript on the pages, and makes minutes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast import meetings, recordings, signed_in
from todoke.accounts.models import User
from todoke.meetings.models import Minutes, Recording, Transcript, VocabularyTerm
from todoke.meetings.speech import segment_acts, transcription_jobs

pytestmark = pytest.mark.django_db


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def there(made: Transcript) -> str:
    of = made.recording
    return f"/board/meetings/{of.meeting.code}/recordings/{of.number}/transcripts/{made.number}/"


def secretariat() -> tuple[User, Client]:
    by = meetings.secretary()
    return by, signed_in(by)


def test_a_recording_is_received_on_the_page_where_it_was_announced() -> None:
    by, board = secretariat()
    where = f"/board/meetings/{meetings.meeting(by).code}/recordings/"
    assert "録音はまだありません" in board.get(where).content.decode()
    refused = board.post(where, {"file": upload("a.wav", recordings.wav())})
    assert refused.status_code == 422
    wrong = board.post(where, {"file": upload("a.wav", b"%PDF-1.4"), "is_announced": "on"})
    assert "音声のファイルではないようです" in wrong.content.decode()
    page = board.post(where, {"file": upload("a.mp4", recordings.wav()), "is_announced": "on"}, follow=True)
    shown = page.content.decode()
    assert "音声を文字にする部品は入っていません" in shown
    assert "ほかで作った文字起こしを下で取り込むか" in shown
    assert Recording.objects.get().media_type == "audio/wav"
    assert "会議録の確定まで残します" in board.get(where).content.decode()


def test_a_player_gets_the_part_that_it_asks_for_and_nobody_else_hears_anything() -> None:
    by, board = secretariat()
    content = recordings.wav()
    made = recordings.recording(by, content)
    where = f"/board/meetings/{made.meeting.code}/recordings/1/audio/"
    whole = board.get(where)
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    assert whole.getvalue() == content
    part = board.get(where, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 100-199/{len(content)}")
    assert part.getvalue() == content[100:200]
    assert "no-store" in part.headers["Cache-Control"]
    assert part.headers["Content-Type"] == "audio/wav"
    assert board.get(where, headers={"Range": "bytes=999999999-"}).status_code == 416
    assert signed_in(cast.clerk()).get(where).status_code == 403
    made.erase(by=by)
    assert "録音の音声は消しました" in board.get(where).content.decode()


def test_a_transcript_is_taken_in_from_a_file_or_pasted_and_what_was_left_is_listed() -> None:
    by, board = secretariat()
    made = recordings.recording(by)
    where = f"/board/meetings/{made.meeting.code}/recordings/1/"
    assert board.post(where, {}).status_code == 422
    assert "文章ではないファイル" in board.post(where, {"file": upload("a.vtt", b"\0" * 99)}).content.decode()
    page = board.post(where, {"file": upload("a.vtt", recordings.VTT.encode())}, follow=True).content.decode()
    assert "聞く発言が1件あります" in page
    assert "#t=1.5,3.0" in page
    page = board.post(where, {"text": "はい。\n---"}, follow=True).content.decode()
    assert "取り込まなかった行(1)" in page
    assert "確定して会議録にする" in page
    page = board.post(f"{where}typed/", follow=True).content.decode()
    assert "録音を聞いて書く" in page


def test_a_piece_is_heard_corrected_split_joined_and_taken_out_on_the_pages() -> None:
    by, board = secretariat()
    made = recordings.transcript(by)
    segments = f"{there(made)}segments/"
    words = {"text": "申請の一覧は12月6日までに作成します。", "speaker": "DX推進課長(吉田)", "seen": "0"}
    page = board.post(f"{segments}2/", words | {"heard": "1"}, follow=True).content.decode()
    assert "2番の発言を保存しました" in page
    assert "確定して会議録にする" in page
    shown = board.get(f"{segments}2/").content.decode()
    assert "もとの文" in shown
    assert "12月5日" in shown
    board.post(f"{segments}2/split/", {"before": "申請の一覧は", "after": "作成します。", "seen": "1"})
    assert [each.text for each in made.segments.live()][1:3] == ["申請の一覧は", "作成します。"]
    board.post(f"{segments}2/joint/", {"seen": "2"})
    board.post(f"{segments}3/removal/", {"seen": "0"})
    assert [each.text for each in made.segments.live()] == ["それでは始めます。", "申請の一覧は作成します。"]
    assert "消した発言(2)" in board.get(there(made)).content.decode()
    assert board.post(f"{segments}1/", {"text": "", "seen": "0"}).status_code == 422


def test_whoever_saves_second_sees_both_texts_and_decides() -> None:
    by, board = secretariat()
    made = recordings.transcript(by)
    segment_acts.correct(recordings.piece(made, 1), text="では始めます。", speaker="", seen=0, by=by)
    where = f"{there(made)}segments/1/"
    answer = board.post(where, {"text": "始めましょう。", "speaker": "", "seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("ほかの人が先に直しました", "では始めます。", "始めましょう。", 'name="seen" value="1"'):
        assert words in page, words
    assert recordings.piece(made, 1).text == "では始めます。"
    board.post(where, {"text": "始めましょう。", "speaker": "", "seen": "1"})
    assert recordings.piece(made, 1).text == "始めましょう。"


def test_minutes_are_made_after_hearing_and_a_candidate_is_heard_from_its_page() -> None:
    by, board = secretariat()
    made = recordings.transcript(by)
    page = board.post(f"{there(made)}confirmation/", follow=True).content.decode()
    assert "まだ聞いていない発言が1件あります" in page
    assert f"{there(made)}segments/2/" in page
    recordings.hear(made, by=by)
    page = board.post(f"{there(made)}confirmation/", follow=True).content.decode()
    assert "申請の一覧は12月5日までに作成します。" in page
    assert "/recordings/1/audio/#t=1.5,3.0" in page
    assert "会議録にしました" in board.get(there(made)).content.decode()
    assert Minutes.objects.count() == 1


def test_a_speaker_is_renamed_everywhere_and_one_that_minutes_do_not_know_is_named() -> None:
    by, board = secretariat()
    made = recordings.transcript(by, "00:00:01 吉田: はい。\n00:00:02 委員: どうぞ。\n00:00:03 吉田: では。")
    assert "会議録で発言者と分からない名前" in board.get(there(made)).content.decode()
    page = board.post(f"{there(made)}speaker/", {"former": "吉田", "name": "課長(吉田)"}, follow=True).content.decode()
    assert "2か所で変えました" in page
    assert "会議録で発言者と分からない名前" not in page


def test_whoever_has_no_file_types_with_the_place_and_finds_a_long_transcript_in_parts() -> None:
    by, board = secretariat()
    made = recordings.transcript(by, "\n".join(f"00:00:{n:02} 発言です。" for n in range(40)))
    assert "1 / 2" in board.get(there(made)).content.decode()
    wrong = board.post(f"{there(made)}addition/", {"text": "はい。", "at": "いつか"}, follow=True).content.decode()
    assert "1:02(1分2秒)" in wrong
    page = board.post(f"{there(made)}addition/", {"text": "5日です。", "at": "0:50", "speaker": "委員"}, follow=True)
    assert "0:50" in page.content.decode()
    assert recordings.piece(made, 41).start_ms == 50_000


def test_the_words_of_a_body_are_kept_on_a_page() -> None:
    by, board = secretariat()
    where = f"/board/meetings/{meetings.meeting(by).code}/terms/"
    board.post(where, {"terms": "電子契約 でんしけいやく\n\n押印"})
    assert {each.written: each.reading for each in VocabularyTerm.objects.all()} == {
        "電子契約": "でんしけいやく", "押印": "",
    }  # fmt: skip
    assert "電子契約 でんしけいやく" in board.get(where).content.decode()
    assert "2字から" in board.post(where, {"terms": "字"}).content.decode()


def test_a_text_that_is_refused_for_itself_is_not_called_another_persons() -> None:
    by, board = secretariat()
    made = recordings.transcript(by)
    answer = board.post(f"{there(made)}segments/1/", {"text": "長" * 2_001, "seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "「分ける」で二つに" in page
    assert "ほかの人が先に" not in page


def test_a_speaker_is_chosen_from_the_posts_that_attend_with_whoever_holds_them() -> None:
    by, board = secretariat()
    meetings.body().members.add(by.tenures.get().post)
    made = recordings.transcript(by)
    title = by.tenures.get().post.title
    assert f'<option value="{title}(吉田)">' in board.get(there(made)).content.decode()


def test_an_engine_writes_a_recording_down_from_its_page_and_progress_stands_on_it(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"
    by, board = secretariat()
    sound = recordings.rehearsed(by, [recordings.said(21.0 * n, f"{n}日です。") for n in range(8)])
    where = f"/board/meetings/{sound.meeting.code}/recordings/1/"
    assert "試演の文字起こし(実際の認識ではありません)" in board.get(where).content.decode()
    page = board.post(f"{where}transcription/", follow=True).content.decode()
    assert "順番を待っています" in page
    assert "data-refresh" in page
    again = board.post(f"{where}transcription/", follow=True).content.decode()
    assert "もう文字に起こし始めて" in again
    assert "文字起こし1の進みぐあいを見る" in again
    made = Transcript.objects.get()
    transcription_jobs.cut_into_chunks(made.pk)
    transcription_jobs.hear_chunk(made.chunks.values_list("pk", flat=True)[0])
    page = board.get(there(made)).content.decode()
    assert "話しているところ2分46秒のうち、1分44秒を聞きました" in page
    assert '<progress max="100" value="63"' in page
    recordings.work()
    page = board.get(there(made)).content.decode()
    assert "聞く発言が8件あります" in page
    assert "試演の文字起こし(実際の認識ではありません)" in page
    assert 'data-start="21.0"' in page
    assert "data-refresh" not in page


def test_what_could_not_be_heard_is_said_and_heard_again_or_cancelled(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"
    by, board = secretariat()
    made = recordings.requested(by, ["始めます。"] * 8)
    transcription_jobs.cut_into_chunks(made.pk)
    settings.TRANSCRIBER = "none"
    recordings.work()
    page = board.get(there(made)).content.decode()
    assert "どこも聞けませんでした" in page
    assert "1:45から2:47まで: 文字起こしの部品の設定が、途中で変わりました" in page
    settings.TRANSCRIBER = "rehearsal"
    assert "録音を聞いています" in board.post(f"{there(made)}retry/", follow=True).content.decode()
    page = board.post(f"{there(made)}cancellation/", follow=True).content.decode()
    assert "文字起こしを取りやめました" in page
    assert "取りやめました。録音のページから" in board.get(there(made)).content.decode()
    page = board.post(f"{there(made)}retry/", follow=True).content.decode()
    assert "「取りやめ」になりました" in page


def test_a_place_that_could_not_be_heard_is_shown_with_its_time_and_heard_again_or_typed(settings: Settings) -> None:
    settings.TRANSCRIBER = "rehearsal"
    by, board = secretariat()
    made = recordings.with_a_gap(by, ["始めます。"] * 8)
    page = board.get(there(made)).content.decode()
    assert "聞き取れませんでした(1:45〜2:47)" in page
    assert "1か所の言葉がまだありません" in page
    assert "ワーカーが何度も止まりました" in page
    gap = f"{there(made)}segments/6/"
    assert "もう一度聞いています" in board.post(f"{gap}hearing/", follow=True).content.decode()
    assert "いま聞き直しているか" in board.post(f"{gap}hearing/", follow=True).content.decode()
    typed = {"text": "終わります。", "speaker": "", "seen": "0", "heard": "1"}
    page = board.post(gap, typed, follow=True).content.decode()
    assert "聞き取れませんでした" not in page
    recordings.work()
    assert [each.text for each in made.segments.all()] == ["始めます。"] * 5 + ["終わります。"]


def test_a_spelling_of_the_terms_is_proposed_and_accepted_on_the_page() -> None:
    by, board = secretariat()
    made = recordings.transcript(by, "[00:00:01] 本部長(山田): 手続きの案です。\n[00:00:05] 手続きを見ます。")
    terms = f"/board/meetings/{made.recording.meeting.code}/terms/"
    assert "前に、用語を書いてください" in board.post(terms, {"terms": "← 手続き"}).content.decode()
    board.post(terms, {"terms": "手続 てつづき ← 手続き、手つづき\n電子契約"})
    assert "手続 てつづき ← 手続き、手つづき" in board.get(terms).content.decode()
    page = board.get(there(made)).content.decode()
    assert "書き方の提案(2か所)" in page
    assert "「手続き」を「手続」にする" in page
    board.post(f"{there(made)}segments/1/spelling/", {"seen": "0", "found": "手続き"})
    assert "書き方の提案(1か所)" in board.get(there(made)).content.decode()
    page = board.post(f"{there(made)}spelling/", {"places": "1"}, follow=True).content.decode()
    assert "1件の発言で書き方をそろえました" in page
    assert "書き方の提案" not in page
    assert "手続きの案です。" in board.get(f"{there(made)}segments/1/").content.decode()
    assert "見ていた提案" in board.post(f"{there(made)}spelling/", {"places": "1"}, follow=True).content.decode()
