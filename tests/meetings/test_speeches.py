"""A speech begins where its speaker is named, in the many ways in which offices write it."""

import pytest

from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import Line, numbered
from todoke.meetings.minutes.speeches import Speech, find_speeches, is_note, start_of

NOBODY = frozenset[str]()


def begins(line: str, names: frozenset[str] = NOBODY, following: str = "") -> tuple[str, str, str] | None:
    """Who begins to speak in a line, with which words, and in which style it is written."""
    start = start_of(Line.of(1, line), names, Line.of(2, following) if following else None)
    return (start.label.written, start.rest, start.style) if start else None


def cut(*lines: str, heading: Heading | None = None, breaks: tuple[int, ...] = ()) -> list[tuple[str, int, str]]:
    return [
        (turn.label.written, turn.line, turn.text)
        for turn in find_speeches(numbered(lines), heading or Heading(), frozenset(breaks))
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "words", "style"),
    [
        ("○山田委員 それでよいと思います。", "山田委員", "それでよいと思います。", "mark"),
        ("◆山田　太郎委員　それでよいと思います。", "山田 太郎委員", "それでよいと思います。", "mark"),
        ("山田委員：それでよいと思います。", "山田委員", "それでよいと思います。", "colon"),
        ("→ 事務局:検討します。", "事務局", "検討します。", "colon"),
        ("税務課:検討します。", "税務課", "検討します。", "colon"),
        ("【事務局】 検討します。", "事務局", "検討します。", "bracket"),
        ("〈税務課〉 検討します。", "税務課", "検討します。", "bracket"),
        ("委員) そう思います。", "委員", "そう思います。", "paren"),
        ("会 長 それでは始めます。", "会長", "それでは始めます。", "spread"),
        ("問 期限はいつか。", "問", "期限はいつか。", "question"),
        ("Q1.期限はいつですか。", "Q1", "期限はいつですか。", "question"),
        ("山田委員「それでよいと思います。」", "山田委員", "「それでよいと思います。」", "quoted"),
        ("会長 それでは始めます。", "会長", "それでは始めます。", "space"),
    ],
)
def test_a_speaker_is_found_in_every_style(line: str, speaker: str, words: str, style: str) -> None:
    assert begins(line) == (speaker, words, style)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "　",
        "△日程第1 会長 始めます。",
        "- 3 -",
        "[発言者:会長]",
        "資料1 について説明します。",
        "○山田委員 第一会議室",
        "山田委員:令和6年度",
        "それでよいと思います。",
        "【質疑応答】",
        "山田 それでよいと思います。",
    ],
)
def test_a_line_that_names_no_speaker_begins_nothing(line: str) -> None:
    assert begins(line) is None


def test_a_label_alone_needs_a_speech_behind_it() -> None:
    spoken = "それでよいと思います。"
    assert begins("山田委員", following=spoken) == ("山田委員", "", "alone")
    assert begins("山田委員", following="第一会議室") is None
    assert begins("山田委員", following="会長 それでは始めます。") is None
    assert begins("【山田委員】", following=spoken) == ("山田委員", "", "bracket")
    assert begins("【山田委員】", following="第一会議室") is None
    assert begins("○山田委員", following="第一会議室") == ("山田委員", "", "mark")
    assert begins("山田委員:", following=spoken) is None


def test_a_heading_of_answers_speaks_only_after_a_mark() -> None:
    assert begins("◆質疑", following="いつですか。") == ("質疑", "", "mark")
    assert begins("【質疑】", following="いつですか。") is None


def test_a_name_of_the_attendance_list_speaks() -> None:
    assert begins("○山田 それでよいと思います。", frozenset({"山田"})) == ("山田", "それでよいと思います。", "mark")
    assert begins("○山田 それでよいと思います。") is None
    assert begins("山田 それでよいと思います。", frozenset({"山田"})) == ("山田", "それでよいと思います。", "space")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("[拍手]", True),
        ("(「異議なし」と呼ぶ者あり)", True),
        ("―休憩―", True),
        ("【事務局説明】", True),
        ("[会長] 始めます。", False),
        ("それでは始めます。", False),
        ("〔写真の説明", True),
    ],
)
def test_remarks_of_the_recorder_are_no_speech(line: str, note: bool) -> None:
    assert is_note(Line.of(1, line)) is note


def test_minutes_are_cut_where_somebody_else_speaks() -> None:
    assert cut("○会長 始めます。", "よろしく。", "", "○山田委員 質問があります。") == [
        ("会長", 1, "始めます。\nよろしく。"),
        ("山田委員", 4, "質問があります。"),
    ]


def test_a_crowd_does_not_end_a_speech_and_a_note_does() -> None:
    lines = (
        "○会長 よろしいですか。",
        "(「異議なし」と呼ぶ者あり)",
        "それでは決めます。",
        "[休憩]",
        "再開した。",
        "○会長 再開します。",
    )
    assert cut(*lines) == [("会長", 1, "よろしいですか。\nそれでは決めます。"), ("会長", 6, "再開します。")]


def test_a_heading_of_the_agenda_ends_a_speech() -> None:
    lines = ("○会長 始めます。", "2 標準化について", "資料のとおり。", "△日程", "○委員 はい、そうです。")
    assert cut(*lines, breaks=(2,)) == [("会長", 1, "始めます。"), ("委員", 5, "はい、そうです。")]
    assert cut(*lines)[0] == ("会長", 1, "始めます。\n2 標準化について\n資料のとおり。")


def test_a_crowd_on_a_heading_ends_the_speech_all_the_same() -> None:
    lines = ("○会長 始めます。", "(拍手)", "続けます。", "○委員 はい、そうです。")
    assert cut(*lines, breaks=(2,))[0] == ("会長", 1, "始めます。")


def test_the_next_question_after_an_answer_behind_an_arrow_is_not_the_words_of_the_section() -> None:
    lines = (
        "・蓋が鳴る。",
        " → 建設課:明日、見に伺います。",
        "・網を配ってくれ。",
        " → 選管:2便にします。",
        " → 選管:はい。",
    )
    found = find_speeches(numbered(lines), Heading(), frozenset())
    assert [(turn.label.written, turn.label.side, turn.text) for turn in found] == [
        ("建設課", "office", "明日、見に伺います。"),
        ("選管", "office", "2便にします。"),
        ("選管", "office", "はい。"),
    ]


def test_what_came_of_the_speeches_is_said_by_nobody() -> None:
    lines = (
        "問 上げられないか。",
        "答 調べます。",
        "結果 全員賛成で可決",
        "問 いつか。",
        "答 来月です。",
        "(合意)4月から改める。",
    )
    assert [text for _, _, text in cut(*lines)] == ["上げられないか。", "調べます。", "いつか。", "来月です。"]


def test_the_attendance_list_does_not_speak() -> None:
    lines = ("○会長 出席しています。", "○会長 始めます。", "○委員 はい、そうです。")
    assert [line for _, line, _ in cut(*lines, heading=Heading(attendance=frozenset({1})))] == [2, 3]


def test_a_role_alone_at_the_very_top_is_part_of_the_head() -> None:
    lines = ("山田委員", "それでよいと思います。", "林委員", "そう思います。", "原委員", "賛成です、はい。")
    assert [line for _, line, _ in cut(*lines)] == [3, 5]


def test_a_name_that_stands_before_a_colon_again_and_again_is_a_speaker() -> None:
    lines = ("山田:賛成です、はい。", "小林:反対です、はい。", "山田:そう思います。", "小林:違うと思います。")
    assert [speaker for speaker, _, _ in cut(*lines)] == ["山田", "小林", "山田", "小林"]
    assert cut(*lines[:2]) == []


def test_a_word_before_cells_of_a_table_is_no_speaker() -> None:
    assert cut("山田:第一室", "山田:第二室", "○山田 賛成です、はい。") == []


def test_blank_lines_between_a_speaker_and_the_words_do_not_matter() -> None:
    lines = ("会議", "", "", "山田委員", "", "それでよいと思います。", "林委員", "", "", "そう思います。")
    assert cut(*lines) == [("山田委員", 4, "それでよいと思います。"), ("林委員", 7, "そう思います。")]


@pytest.mark.parametrize("word", ["目的は", "期限について", "よいこと"])
def test_words_that_cannot_be_a_name_stay_words(word: str) -> None:
    lines = (f"{word}:賛成です、はい。", f"{word}:反対です、はい。", f"{word}:そう思います。")
    assert cut(*lines) == []


def test_a_digest_marks_questions_and_answers() -> None:
    lines = ("◆問", "期限はいつですか。", "◆答", "年度内です、はい。", "◆意見", "急いでください。")
    assert [(speaker, text) for speaker, _, text in cut(*lines)] == [
        ("問", "期限はいつですか。"),
        ("答", "年度内です、はい。"),
        ("意見", "急いでください。"),
    ]


def test_a_speaker_may_be_named_after_the_words() -> None:
    lines = (
        "・窓口の混雑を減らす工夫が必要である。(山田委員)",
        "",
        "・オンラインの申請を広げてほしい、",
        "できるだけ早く、遅くとも年度内にはお願いします。(林委員)",
        "・番号札を配っています。(事務局)",
    )
    assert cut(*lines) == [
        ("山田委員", 1, "・窓口の混雑を減らす工夫が必要である。"),
        ("林委員", 3, "・オンラインの申請を広げてほしい、\nできるだけ早く、遅くとも年度内にはお願いします。"),
        ("事務局", 5, "・番号札を配っています。"),
    ]


def test_what_ended_before_does_not_belong_to_a_speaker_named_later() -> None:
    lines = (
        "前の話は終わりました。",
        "窓口の混雑を減らす工夫が必要である。(山田委員)",
        "見出し",
        "番号札を配っています。(事務局)",
    )
    assert [(line, text) for _, line, text in cut(*lines)] == [
        (2, "窓口の混雑を減らす工夫が必要である。"),
        (4, "番号札を配っています。"),
    ]


def test_the_text_of_a_speech_has_no_empty_lines() -> None:
    [first, _] = find_speeches(
        numbered(["○会長 始めます。", "", "はい。", "○委員 はい、そうです。"]), Heading(), frozenset()
    )
    assert isinstance(first, Speech)
    assert first.text == "始めます。\nはい。"
    assert [(line.number, line.raw) for line in first.lines] == [(1, "始めます。"), (2, ""), (3, "はい。")]


def test_the_bureau_of_a_named_body_is_a_speaker() -> None:
    [opening] = find_speeches(numbered(["○DX推進本部事務局(吉田) それでは始めます。"]), Heading(), frozenset())
    assert isinstance(opening, Speech)
    assert (opening.label.role, opening.label.name, opening.label.side) == ("DX推進本部事務局", "吉田", "office")


def test_a_line_of_a_nested_list_speaks_for_itself_alone() -> None:
    lines = [
        "- 出た意見",
        "  - 福祉課:手帳の手続きも対象に入れてほしいです。",
        "    - 様式は2枚あります。",
        "  - 総務課:端末は足りていますか。",
        "- 決まったこと",
        "  - 対象は2つにする",
    ]
    found = cut(*lines)
    assert [who for who, _, _ in found] == ["福祉課", "総務課"]
    assert "様式は2枚" in found[0][2]
    assert "決まったこと" not in found[1][2]


def test_words_in_quotation_marks_end_with_them() -> None:
    lines = ["みなと園長「持ち帰りに戻るのか。」", "点検の結果は全園で該当なし。", "ひばり園長「増えるばかりだ。」"]
    assert [text for _, _, text in cut(*lines)] == ["「持ち帰りに戻るのか。」", "「増えるばかりだ。」"]


@pytest.mark.parametrize("line", ["【決定事項】", "3 結果", "***** みんなで決めたこと *****", "=== 2.体育館 ==="])
def test_a_heading_of_results_or_a_rule_ends_a_speech(line: str) -> None:
    found = cut("○委員 置けませんか。", "○課長 検討します。", line, "夜間の開放は行わない。")
    assert "夜間" not in found[-1][2]


@pytest.mark.parametrize(
    ("line", "speaker", "side"),
    [
        ("町:看板を8月までに立てます。", "町", "office"),
        ("市(都市整備部長) 看板を8月までに立てます。", "市(都市整備部長)", "office"),
        ("受注者:2月10日に提出いたします。", "受注者", "office"),
        ("住民側:看板を立ててほしい。", "住民側", "member"),
        ("11 委員 全額免除のまま残すべきだ。", "委員", "member"),
        ("財産活用課 今月20日に草を刈ります。", "財産活用課", "office"),
    ],
)
def test_a_side_of_the_meeting_speaks(line: str, speaker: str, side: str) -> None:
    found = start_of(numbered([line])[0], NOBODY)
    assert found is not None
    assert (found.label.written, found.label.side) == (speaker, side)
