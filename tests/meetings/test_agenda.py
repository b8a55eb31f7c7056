"""The items of a meeting are taken from the list at its head and from the headings in the text, each once."""

import pytest

from todoke.meetings.minutes.agenda import AgendaEntry, find_agenda
from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import numbered

NONE = frozenset[int]()


def agenda(*lines: str, heading: Heading | None = None, spoken: frozenset[int] = NONE) -> list[AgendaEntry]:
    return find_agenda(numbered(lines), heading or Heading(), spoken)


def found(*lines: str) -> list[tuple[int, str, str]]:
    return [(item.line, item.number, item.title) for item in agenda(*lines)]


def test_a_listed_item_moves_to_its_heading_in_the_text() -> None:
    lines = ("次第", "1 標準化について", "2 その他の報告", "○会長 始めます。", "1 標準化について", "はい、続けます。")
    assert agenda(*lines) == [
        AgendaEntry(3, "2", "その他の報告", listed=3),
        AgendaEntry(5, "1", "標準化について", listed=2),
    ]


def test_the_list_ends_at_the_first_speech() -> None:
    lines = ("次第", "1 標準化について", "", "会長の話", "それでは始めます。", "3 窓口の工夫について")
    assert found(*lines) == [(2, "1", "標準化について"), (6, "3", "窓口の工夫について")]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("議題1 標準化の進め方", "議題1", "標準化の進め方"),
        ("(1) 標準化の進め方", "(1)", "標準化の進め方"),
        ("① 標準化の進め方", "①", "標準化の進め方"),
        ("Ⅱ.標準化の進め方", "Ⅱ.", "標準化の進め方"),
        ("第3号 標準化の進め方", "第3号", "標準化の進め方"),
        ("【議題2 標準化の進め方】", "議題2", "標準化の進め方"),
        ("諮問 標準化の進め方", "諮問", "標準化の進め方"),
        ("△ 議案第5号 標準化の進め方", "議案第5号", "標準化の進め方"),
        ("標準化に関すること", "", "標準化に関すること"),
        ("1 標準化の進め方 ・・・・ 3", "1", "標準化の進め方"),
    ],
)
def test_a_heading_is_found_in_every_style(line: str, number: str, title: str) -> None:
    assert agenda("会議", line) == [AgendaEntry(2, number, title, listed=None)]


@pytest.mark.parametrize(
    "line",
    [
        "1 標準化を進めます。",
        "1 標準化を進めました",
        "1 標準化、",
        "1 2024年10月8日",
        "1 abc",
        "1 山田委員",
        "1 標 準 化 の",
        "1 あ",
        f"1 {'長' * 91}",
        "1 開会",
        "1 あいさつ",
        "私の件",
        "標準化の進め方",
    ],
)
def test_what_is_no_title_is_no_item(line: str) -> None:
    assert found("会議", line) == []


def test_a_title_of_two_or_ninety_letters_is_one() -> None:
    assert found("会議", "1 防災") == [(2, "1", "防災")]
    assert found("会議", f"1 {'長' * 90}") == [(2, "1", "長" * 90)]


def test_a_list_may_be_one_line() -> None:
    assert found("会議", "議題 (1)標準化の進め方 (2)窓口の工夫") == [
        (2, "(1)", "標準化の進め方"),
        (2, "(2)", "窓口の工夫"),
    ]
    assert agenda("会議", "議題 標準化の進め方") == [AgendaEntry(2, "", "標準化の進め方", listed=2)]


def test_the_number_of_a_single_listed_item_is_no_part_of_its_title() -> None:
    assert agenda("会議", "議題 第1号 標準化の進め方") == [AgendaEntry(2, "", "標準化の進め方", listed=2)]


def test_a_greeting_in_the_first_three_lines_is_not_yet_the_first_speech() -> None:
    head, rest = ("会議", ""), ("よろしくお願いします。", "次第", "1 標準化について")
    assert [item.listed for item in agenda(*head, *rest)] == [5]
    assert [item.listed for item in agenda(*head, "", *rest)] == [None]


def test_a_page_number_does_not_end_the_list_and_words_do() -> None:
    head = ("次第", "1 標準化について")
    assert found(*head, "- 1 -", "2 窓口の工夫", "")[-1] == (4, "2", "窓口の工夫")
    listed = [item.listed for item in agenda(*head, "どうぞよろしく", "2 窓口の工夫")]
    assert listed == [2, None]


def test_who_was_there_and_what_was_said_hold_no_items() -> None:
    lines = ("会議", "1 標準化について", "2 窓口の工夫")
    assert [item.line for item in agenda(*lines, heading=Heading(attendance=frozenset({2})))] == [3]
    assert [item.line for item in agenda(*lines, spoken=frozenset({3}))] == [2]


def test_a_name_of_the_attendance_list_is_no_item() -> None:
    assert agenda("会議", "1 山田太郎", heading=Heading(names=frozenset({"山田太郎"}))) == []
    assert found("会議", "1 山田太郎") == [(2, "1", "山田太郎")]


def test_the_same_item_is_found_once_with_the_place_of_its_list() -> None:
    lines = (
        "次第",
        "1 標準化の進め方について",
        "",
        "○会長 始めます。",
        "",
        "議題1 標準化の進め方について",
        "1 標準化の進め方について",
    )
    assert agenda(*lines) == [AgendaEntry(6, "議題1", "標準化の進め方について", listed=2)]


def test_a_longer_title_that_holds_a_shorter_one_is_the_same() -> None:
    assert [line for line, _, _ in found("会議", "1 標準化の進め方", "2 標準化の進め方(再掲)")] == [2]
    assert [line for line, _, _ in found("会議", "1 標準化の工夫", "2 標準化の工夫(再掲)")] == [2]
    assert [line for line, _, _ in found("会議", "1 標準化の事", "2 標準化の事(再掲)")] == [2, 3]


def test_a_numbered_heading_takes_the_place_of_one_without_a_number() -> None:
    assert found("会議", "標準化の進め方について", "1 標準化の進め方について") == [(3, "1", "標準化の進め方について")]
