"""Defects of minutes: each cause is said once."""

from todoke.meetings.minutes.defects import MinutesDefect, one_for_each_cause
from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import Source


def test_minutes_in_which_most_lines_have_no_speaker_say_so_once() -> None:
    lines = ["会議録", "○課長 資料を説明します。", "", "○委員 分かりました。", "", "○課長 以上です。"]
    loose = [line for n in range(8) for line in ("1 件名", f"こちらは{n}つめの話です。", "")]
    found = [each for each in extract(Source([*lines, *loose, "○課長 終わります。"])).defects if each.kind == "speaker"]
    assert len(found) <= 1


def test_one_cause_at_several_lines_is_said_at_the_first() -> None:
    same = [MinutesDefect("era", line, "平成は31年までです。", "平成35年") for line in (9, 3, 7)]
    other = MinutesDefect("era", 5, "平成は31年までです。", "平成36年")
    found = one_for_each_cause(sorted([*same, other], key=lambda each: each.line))
    assert [(each.line, each.quote) for each in found] == [(3, "平成35年"), (5, "平成36年")]


def test_a_number_that_is_said_to_have_risen_is_no_slip() -> None:
    lines = ["Q1 当初の80億円から増えたのですか。", "A1 現在の見込みは96億円です。", "Q2 そうですか。", "A2 はい。"]
    assert [each for each in extract(Source(lines)).defects if each.kind == "number"] == []
