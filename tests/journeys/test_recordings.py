"""From a recording to a commitment that is heard: the secretariat corrects what a transcript says and makes minutes."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.cast import meetings, recordings
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from todoke.meetings.models import TranscriptSegment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_wrong_date_is_heard_and_put_right_and_the_commitment_is_heard_from_its_page(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    by = meetings.secretary()
    board, where = desk(by), f"/board/meetings/{meetings.meeting(by).code}/"
    sound, text = tmp_path / "kaigi.wav", tmp_path / "kaigi.vtt"
    sound.write_bytes(recordings.wav())
    text.write_text(recordings.VTT)
    _receive(board, where, accessible, sound, text)
    _hear_and_correct(board, accessible)
    follow(board, board.locator("#segment-3").get_by_role("link", name="分ける・つなぐ・消す"))
    accessible(board)
    unfold(board, "この発言を消す")
    press(board, "消す", accessible)
    press(board, "確定して会議録にする", accessible)
    assert board.get_by_text("申請の一覧は12月6日までに作成します。").first.is_visible()
    heard = board.get_by_label("5行目の録音を聞く")
    assert heard.get_attribute("src") == f"{where}recordings/1/audio/#t=1.5,3.0"
    heard.evaluate("each => each.play()")
    _plays(board, heard)


def _receive(board: Page, where: str, accessible: Accessible, sound: Path, text: Path) -> None:
    go(board, where, accessible)
    follow(board, board.get_by_role("link", name="録音と文字起こし"))
    board.set_input_files("#id_file", sound)
    board.check("#id_is_announced")
    press(board, "受け取る", accessible)
    assert board.get_by_text("音声を文字にする部品は入っていません").is_visible()
    board.set_input_files("#id_file", text)
    press(board, "取り込む", accessible)
    assert board.get_by_label("速さ").is_visible()


def _plays(board: Page, player: Locator) -> None:
    """Wait until a player has begun at its place."""
    board.wait_for_function("each => each.currentTime >= 1.5", arg=player.element_handle())


def _hear_and_correct(board: Page, accessible: Accessible) -> None:
    follow(board, board.get_by_role("link", name="次に聞く発言へ"))
    piece = board.locator("#segment-2")
    player = piece.locator("audio")
    board.keyboard.press("Control+ArrowDown")
    assert piece.locator("textarea").evaluate("each => each === document.activeElement")
    board.keyboard.press("Control+Space")
    _plays(board, player)
    assert player.evaluate("each => each.duration") == pytest.approx(4.0, abs=0.1)
    piece.locator("textarea").fill("申請の一覧は12月6日までに作成します。")
    follow(board, piece.get_by_role("button", name="聞いて確かめた"))
    accessible(board)
    assert TranscriptSegment.objects.get(number=2).state == "corrected"
