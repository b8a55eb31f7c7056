"""From a recording to the next agenda with an engine: it writes a draft, the secretariat hears what is dangerous."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from tests.cast import meetings, recordings
from tests.cast.browser import Accessible, Desk, follow, go, look, press, unfold
from todoke.accounts.models import User
from todoke.meetings.models import Body, Commitment, Recording, TranscriptSegment
from todoke.meetings.models.commitment import plan_next_meeting
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.meetings.speech.engines.rehearsed_speech import prepare

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = [
    recordings.said(0.0, "それでは始めます。", 1.0),
    recordings.said(1.0, "電子契役の一覧は12月5日までに作成します。", 2.0, sure=0.3),
    recordings.said(3.0, "ご視聴ありがとうございました", 1.0),
]


def test_an_engine_writes_a_draft_a_date_is_put_right_and_the_commitment_stands_on_the_next_agenda(
    desk: Desk, accessible: Accessible, settings: Settings, tmp_path: Path
) -> None:
    settings.TRANSCRIBER = "rehearsal"
    by = meetings.secretary()
    meetings.body().members.add(by.tenures.get().post)
    where = f"/board/meetings/{meetings.meeting(by).code}/"
    board = desk(by)
    _receive(board, where, accessible, tmp_path / "kaigi.wav")
    _write_down(board, accessible)
    _hear_and_correct(board, accessible)
    press(board, "確定して会議録にする", accessible)
    assert board.get_by_text("電子契約の一覧は12月6日までに作成します。").first.is_visible()
    press(board, "採用する", accessible)
    _next_agenda(board, by, accessible)


def _receive(board: Page, where: str, accessible: Accessible, sound: Path) -> None:
    sound.write_bytes(recordings.wav())
    go(board, f"{where}terms/", accessible)
    board.fill("#id_terms", "電子契約 でんしけいやく")
    press(board, "保存する", accessible)
    board.set_input_files("#id_file", sound)
    board.check("#id_is_announced")
    press(board, "受け取る", accessible)
    assert board.get_by_text("試演の文字起こし(実際の認識ではありません)").is_visible()
    look(board, "recording", accessible)


def _write_down(board: Page, accessible: Accessible) -> None:
    prepare(Recording.objects.get().sha256, SAID)
    press(board, "文字に起こす", accessible)
    assert board.get_by_role("heading", name="順番を待っています").is_visible()
    look(board, "transcript-waiting", accessible)
    recordings.work()
    board.get_by_role("heading", name="聞く発言が1件あります").wait_for()
    look(board, "transcript", accessible)
    board.set_viewport_size({"width": 1280, "height": 900})


def _hear_and_correct(board: Page, accessible: Accessible) -> None:
    """Name both speakers by keys, change the key that plays, follow the words, put the date and the term right."""
    unfold(board, "発言者の番号")
    unfold(board, "キーの割当て")
    board.get_by_role("button", name="Ctrl+Space を変える").click()
    board.keyboard.press("F9")
    first, second = board.locator("#segment-1"), board.locator("#segment-2")
    first.locator("textarea").focus()
    board.keyboard.press("Alt+1")
    label = first.get_by_label("発言者(ここから)").input_value()
    assert label.endswith("(吉田)")
    follow(board, first.get_by_role("button", name="聞いて確かめた"))
    second.locator("textarea").focus()
    board.keyboard.press("F9")
    second.locator("mark").wait_for()
    second.get_by_label("発言者(ここから)").fill("DX推進課長(山本)")
    second.locator("textarea").fill("電子契約の一覧は12月6日までに作成します。")
    look(board, "piece", accessible)
    follow(board, second.get_by_role("button", name="聞いて確かめた"))
    follow(board, board.locator("#segment-3").get_by_role("link", name="分ける・つなぐ・消す"))
    unfold(board, "この発言を消す")
    press(board, "消す", accessible)
    assert TranscriptSegment.objects.get(number=2).state == "corrected"


def _next_agenda(board: Page, by: User, accessible: Accessible) -> None:
    """Play the commitment from its line, and find it on the agenda of the next meeting."""
    made = Commitment.objects.get()
    go(board, f"/board/commitments/{made.number}/", accessible)
    heard = board.get_by_label("5行目の録音を聞く")
    heard.evaluate("each => each.play()")
    board.wait_for_function("each => each.currentTime >= 1.0", arg=heard.element_handle())
    following = plan_next_meeting(body=Body.objects.get(), held_on=date(2026, 8, 4), by=by)
    go(board, f"/board/meetings/{following.code}/", accessible)
    assert board.get_by_text(made.number).first.is_visible()


def test_a_place_that_could_not_be_heard_is_heard_again_and_the_terms_are_spelled_as_the_body_does(
    desk: Desk, accessible: Accessible, settings: Settings
) -> None:
    settings.TRANSCRIBER = "rehearsal"
    by = meetings.secretary()
    made = recordings.with_a_gap(by, ["手続きを見ます。", "手続きの案です。", *["はい。"] * 3, "手続きを終えます。"])
    of = made.recording
    keep_terms(of.meeting.body, [("手続", "てつづき")], others={"手続": ["手続き"]}, by=by)
    board = desk(by)
    go(board, f"/board/meetings/{of.meeting.code}/recordings/{of.number}/transcripts/{made.number}/", accessible)
    assert board.get_by_role("heading", name="書き方の提案(2か所)").is_visible()
    gap = board.locator("#segment-6")
    assert gap.get_by_text("聞き取れませんでした(1:45〜2:05)").is_visible()
    look(board, "transcript-gap", accessible)
    follow(board, gap.get_by_role("button", name="もう一度"))
    assert gap.get_by_text("もう一度聞いています").is_visible()
    look(board, "transcript-gap-waiting", accessible)
    recordings.work()
    follow(board, gap.get_by_role("link", name="いまの様子を見る"))
    assert gap.locator("textarea").input_value() == "手続きを終えます。"
    follow(board, board.locator("#segment-2").get_by_role("button", name="「手続き」を「手続」にする"))
    assert board.locator("#segment-2 textarea").input_value() == "手続の案です。"
    press(board, "すべてそろえる", accessible)
    assert gap.locator("textarea").input_value() == "手続を終えます。"
    assert TranscriptSegment.objects.get(number=6).text_as_read == "手続きを終えます。"
