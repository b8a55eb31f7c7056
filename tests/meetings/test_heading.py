"""From the head of the minutes are read title, day, times, the next meeting, and who was there."""

from datetime import date, time

import pytest

from todoke.meetings.minutes.heading import Heading, date_in, read_heading, times_in
from todoke.meetings.minutes.loader import numbered

HEAD = [
    "令和6年度 第2回デジタル推進本部会議 会議録",
    "",
    "日時 令和6年10月8日(火) 午後1時30分~午後3時",
    "場所 第一会議室",
    "出席者",
    "　鈴木一郎　高橋次郎",
    "　情報課 佐藤花子様",
    "次第",
    "1 オンライン申請の拡大について",
    "",
    "○鈴木本部長 それでは始めます。",
    "次回は12月3日に開催します。",
]


def head(*lines: str) -> Heading:
    return read_heading(numbered(lines))


def test_the_head_of_minutes_is_read() -> None:
    found = read_heading(numbered(HEAD))
    assert found.title == "令和6年度 第2回デジタル推進本部会議 会議録"
    assert (found.on, found.starts, found.ends) == (date(2024, 10, 8), time(13, 30), time(15, 0))
    assert found.next_on == date(2024, 12, 3)
    assert found.names == {"鈴木一郎", "鈴木", "高橋次郎", "高橋", "佐藤花子", "佐藤"}
    assert found.attendance == {5, 6, 7}


def test_what_is_not_written_stays_empty() -> None:
    assert head() == Heading()
    assert head("", "あ") == Heading(title="あ")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("日時 令和6年2月30日 令和6年3月1日", date(2024, 3, 1)),
        ("2024.10.8", date(2024, 10, 8)),
        ("R6/10/8", date(2024, 10, 8)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("二〇二四年十月八日", date(2024, 10, 8)),
        ("10月8日", None),
        ("令和6年13月1日", None),
    ],
)
def test_a_day_has_a_year_and_exists(text: str, day: date | None) -> None:
    assert date_in(text) == day


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("13:30~15:00", [time(13, 30), time(15, 0)]),
        ("午前十時半", [time(10, 30)]),
        ("午後12時", [time(12, 0)]),
        ("午後11時59分", [time(23, 59)]),
        ("PM 3:05", [time(15, 5)]),
        ("AM 3:05", [time(3, 5)]),
        ("23:59", [time(23, 59)]),
        ("24時", []),
        ("13:60", []),
        ("2時間", []),
        ("3 5", []),
        ("10:、13:30", [time(13, 30)]),
        ("午後10:", [time(22, 0)]),
        ("9時から2時間、10時まで", [time(9, 0), time(10, 0)]),
        ("午後1時30分から3時", [time(13, 30), time(15, 0)]),
        ("午前10時~3時", [time(10, 0), time(15, 0)]),
        ("午前10時から11時", [time(10, 0), time(11, 0)]),
        ("午後9時から1時", [time(21, 0), time(1, 0)]),
        ("午後3時 休憩、2時50分の資料", [time(15, 0), time(2, 50)]),
    ],
)
def test_a_time_exists_and_is_no_length(text: str, times: list[time]) -> None:
    assert times_in(text) == times


def test_day_and_times_may_stand_on_the_next_line_unless_that_is_the_place() -> None:
    found = head("日時", "令和6年10月8日 10時", "場所")
    assert (found.on, found.starts, found.ends) == (date(2024, 10, 8), time(10, 0), None)
    assert head("日時", "場所 10時会館").starts is None
    assert head("日時 令和6年10月8日").on == date(2024, 10, 8)


def test_the_first_time_that_is_written_counts() -> None:
    found = head("日時 令和6年10月8日 10時", "", "開催日時 令和6年11月9日 11時")
    assert (found.on, found.starts) == (date(2024, 10, 8), time(10, 0))


def test_a_day_anywhere_in_the_head_counts_when_none_is_labelled() -> None:
    assert head("第2回会議", "(令和6年10月8日開催)").on == date(2024, 10, 8)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("令和3年度 第7回(10月8日)", date(2021, 10, 8)),
        ("令和3年度 第9回(3月31日)", date(2022, 3, 31)),
        ("令和3年度 第1回(4月1日)", date(2021, 4, 1)),
        ("令和3年度 第1回(2月30日)", None),
        ("令和3年度 第1回", None),
        ("第7回(10月8日)", None),
    ],
)
def test_a_day_in_brackets_belongs_to_the_fiscal_year(line: str, day: date | None) -> None:
    assert head(line).on == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("次回は12月3日に開催します。", date(2024, 12, 3)),
        ("次回の会議は1月15日です。", date(2025, 1, 15)),
        ("次回の日程は、令和7年2月4日の予定です。", date(2025, 2, 4)),
        ("次回は10月8日です。", date(2025, 10, 8)),
        ("次回は2月30日です。", None),
        ("次回は令和6年10月1日です。", None),
        ("次回に改めて説明する。", None),
        ("前回は9月3日でした。", None),
    ],
)
def test_the_next_meeting_lies_after_this_one(line: str, day: date | None) -> None:
    assert head("日時 令和6年10月8日", "", line).next_on == day


def test_the_next_meeting_may_stand_under_a_heading_of_its_own() -> None:
    assert head("日時 令和6年10月8日", "", "5 次回の開催日について", "", "日時:12月3日").next_on == date(2024, 12, 3)
    assert head("日時 令和6年10月8日", "", "次回日程", "令和6年12月3日(火)").next_on == date(2024, 12, 3)


def test_without_a_day_of_its_own_only_a_whole_date_says_the_next() -> None:
    assert head("会議", "次回は12月3日です。").next_on is None
    assert head("会議", *[""] * 200, "次回は令和6年12月3日です。").next_on == date(2024, 12, 3)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["■ 第2回 審議会\t会議録 ■"], "第2回 審議会 会議録"),
        (["会議録", "第2回審議会議事録"], "第2回審議会議事録"),
        (["会議録の公開について", "令和6年度 第2回環境審議会"], "令和6年度 第2回環境審議会"),
        (["会議録を作成した。", "資料"], "会議録を作成した。"),
        (["", "あ" * 100], "あ" * 80),
    ],
)
def test_the_title_names_the_meeting(lines: list[str], title: str) -> None:
    assert head(*lines).title == title


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("鈴木一郎、高橋次郎", {"鈴木一郎", "鈴木", "高橋次郎", "高橋"}),
        ("山田太郎様\t小林氏", {"山田太郎", "山田", "小林"}),
        ("情報課 税務係 佐藤花子様", {"佐藤花子", "佐藤"}),
        ("(佐藤花子)", {"佐藤花子", "佐藤"}),
        ("ジョン", {"ジョン"}),
        ("林 修", {"林修"}),
        ("佐藤 花子様", {"佐藤花子", "佐藤"}),
        ("委員長", set[str]()),
        ("欠席なし", set[str]()),
        ("12名", set[str]()),
        ("あ", set[str]()),
        ("林さん", {"林"}),
        ("皆様", set[str]()),
        ("とても長くて名前とは言えない言葉", set[str]()),
    ],
)
def test_names_are_read_without_section_and_honorific(line: str, names: set[str]) -> None:
    assert head("会議", "出席者", line).names == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("出席者 鈴木一郎、林さん", {"鈴木一郎", "鈴木", "林"}),
        ("【出席委員】 高橋次郎", {"高橋次郎", "高橋"}),
        ("出席者:佐藤 花子様", {"佐藤花子", "佐藤"}),
        ("出席者 本部長、部員、事務局", set[str]()),
    ],
)
def test_a_name_on_the_line_of_the_heading_is_read(line: str, names: set[str]) -> None:
    assert head("会議", line).names == names


@pytest.mark.parametrize(
    "ends",
    ["議題", "1 標準化について", "場所 第一会議室", "○ 午前10時 開会", "それでは始めます。", "資料 1枚"],
)
def test_the_list_of_people_ends_where_something_else_begins(ends: str) -> None:
    found = head("会議", "出席者", "鈴木一郎", ends, "高橋次郎")
    assert found.attendance == {2, 3}
    assert "高橋次郎" not in found.names


def test_the_office_goes_on_with_the_list_when_it_began() -> None:
    found = head("会議", "出席者", "鈴木一郎", "事務局 高橋次郎", "欠席者", "林花子")
    assert found.attendance == {2, 3, 4, 5, 6}
    assert {"鈴木一郎", "林花子"} <= found.names


def test_an_office_named_later_does_not_open_the_list_again_and_absence_does() -> None:
    lines = ("会議", "出席者", "鈴木一郎", "議題", "事務局 高橋次郎", "", "欠席者", "林花子")
    assert head(*lines).attendance == {2, 3, 7, 8}


def test_a_short_line_before_a_speech_is_the_speaker_and_no_list() -> None:
    found = head("会議", "事務局", "", "資料を説明します。")
    assert found.attendance == set()


def test_after_the_first_speech_nobody_arrives() -> None:
    found = head("会議", "出席者", "鈴木一郎", "議題", "開会します。", "出席者", "高橋次郎")
    assert found.attendance == {2, 3}


def test_words_about_the_staff_are_no_list_of_who_was_there() -> None:
    lines = (
        "会議結果報告書",
        "出席者 委員7名",
        "議題1 開館時間",
        "・職員の負担にならないようにしてほしい",
        "・早くしてほしい",
    )
    assert head(*lines).attendance == {2}


def test_the_people_of_a_section_stand_in_brackets_behind_it() -> None:
    lines = ["# 会議メモ", "- 日時:2025/10/8", "- 参加:DX推進係(榊・野々宮)、市民課(古城)", "", "始めます。"]
    assert {"榊", "野々宮", "古城"} <= read_heading(numbered(lines)).names


@pytest.mark.parametrize("line", ["次回の定例会は12月20日午前9時30分からです。", "来月の総会は12月20日に開きます。"])
def test_the_next_meeting_is_called_what_the_body_calls_it(line: str) -> None:
    lines = ["開催日時 令和4年11月22日(火)", line]
    assert read_heading(numbered(lines)).next_on == date(2022, 12, 20)


def test_what_the_bureau_says_between_quotation_marks_is_no_attendance() -> None:
    assert (
        head("委員会だより", "総会では次のような話が出ました。", "事務局「11月に一緒に伺います」").attendance
        == frozenset()
    )
