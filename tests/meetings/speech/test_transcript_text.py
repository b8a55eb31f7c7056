"""Whoever brings a transcript finds every line taken, or listed with a reason, or is told that the file is none."""

import pytest

from todoke.meetings.speech.time_codes import clock, length_words, milliseconds
from todoke.meetings.speech.transcript_text import LONGEST_TEXT, MOST_BYTES, read_transcript
from todoke.runtime.refusals import Unreadable

VTT = """WEBVTT - 会議
Kind: captions

NOTE 機械の注釈

最初
00:00:01.000 --> 00:00:03.500 align:start
<v.loud 吉田課長>来月<i>末</i>までに&amp;作成します。</v>

00:03.500 --> 00:05.000
山田部長: はい。
もう一つあります。
<v 佐藤>お願いします。

00:09.000 --> 00:08.000
逆さまの時刻

時刻のない文
"""


def pieces(text: str, encoding: str = "utf-8") -> list[tuple[str, str, int | None, int | None]]:
    return [
        (each.speaker, each.text, each.start_ms, each.end_ms) for each in read_transcript(text.encode(encoding)).pieces
    ]


def test_a_webvtt_gives_voices_places_and_a_list_of_what_was_not_taken() -> None:
    found = read_transcript(VTT.encode("utf-8-sig"))
    assert found.notation == "WebVTT"
    assert pieces(VTT) == [
        ("吉田課長", "来月末までに&作成します。", 1000, 3500),
        ("山田部長", "はい。もう一つあります。", 3500, 5000),
        ("佐藤", "お願いします。", 3500, 5000),
    ]
    assert [(each.line, each.reason) for each in found.left_out] == [
        (2, "時刻がありません"), (4, "注釈です"), (15, "時刻が正しくありません"), (16, "時刻が正しくありません"),
        (18, "時刻がありません"),
    ]  # fmt: skip


def test_a_subrip_file_of_an_old_machine_is_read() -> None:
    text = "1\r\n00:00:01,500 --> 00:00:03,000\r\n課長(吉田): 作成します。\r\n\r\n"
    text += "2\r\n00:00:04,000 --> 00:00:05,000\r\n\r\n"
    found = read_transcript(text.encode("cp932"))
    assert (found.notation, [each.line for each in found.left_out]) == ("SubRip", [6])
    assert pieces(text, "cp932") == [("課長(吉田)", "作成します。", 1500, 3000)]


def test_plain_lines_end_where_the_next_begins_and_need_no_time() -> None:
    text = "[00:01:02] 山田課長: 作成します。\n10:30に開会します。\n---\n00:02:00 はい。"
    text += "\n\uff081:05:09\uff09委員\uff1a質問です。"
    found = read_transcript(text.encode("euc_jp"))
    assert pieces(text) == [
        ("山田課長", "作成します。", 62_000, None),
        ("", "10:30に開会します。", None, None),
        ("", "はい。", 120_000, 3_909_000),
        ("委員", "質問です。", 3_909_000, None),
    ]
    assert [(each.line, each.reason) for each in found.left_out] == [(3, "言葉がありません")]


def test_a_piece_that_is_too_long_is_listed_and_the_others_are_taken() -> None:
    found = read_transcript(f"はい。\n{'長' * (LONGEST_TEXT + 1)}\nどうぞ。".encode())
    assert [each.text for each in found.pieces] == ["はい。", "どうぞ。"]
    assert "長すぎます" in found.left_out[0].reason


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"WEBVTT\n\n", b"\0\1\2" * 99, b"a" * (MOST_BYTES + 1), "はい\n".encode() * 10_001]
)
def test_what_is_no_transcript_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Unreadable, match="ください"):
        read_transcript(data)


@pytest.mark.parametrize(
    ("written", "place"),
    [("1:02:03", 3_723_000), ("62:03", 3_723_000), ("00:00:12.3", 12_300), ("0:60", None), ("1:75:00", None),
     ("x", None), ("99:00:00", None)],
)  # fmt: skip
def test_a_place_is_read_as_people_write_it(written: str, place: int | None) -> None:
    assert milliseconds(written) == place


def test_a_place_and_a_length_are_written_for_people() -> None:
    assert [clock(12_345), clock(3_723_000)] == ["0:12", "1:02:03"]
    assert [length_words(0.2), length_words(62), length_words(3600)] == ["0秒", "1分2秒", "1時間"]
