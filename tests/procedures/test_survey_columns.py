"""Headers are recognised in any order and spelling; what cannot be read is named."""

import pytest

from todoke.procedures import codes
from todoke.procedures.survey_columns import COLUMNS, closest_header, map_headers
from todoke.spreadsheets.headings import heading_key


def test_width_brackets_and_blanks_of_a_header_do_not_count() -> None:
    assert heading_key("\ufeff 総手続　件数\n") == "総手続件数"
    assert heading_key("情報システム［申請］") == "情報システム(申請)"


def test_headers_are_recognised_in_any_order() -> None:
    found = map_headers(["法令名", "手続名", "手続番号"])
    assert {place: column.name for place, column in found.columns.items()} == {0: "law", 1: "title", 2: "number"}
    assert found.names == {"law", "title", "number"}
    assert found.readable


def test_without_the_title_nothing_can_be_said_of_a_row() -> None:
    assert not map_headers(["法令名"]).readable


def test_what_is_unknown_or_comes_twice_is_named_and_what_is_computed_is_not() -> None:
    found = map_headers(["手続名", " 担当者の好み ", "手続名", "", "オンライン化率"])
    assert (found.unknown, found.repeated) == (("担当者の好み",), ("手続名",))
    assert list(found.columns) == [0]


@pytest.mark.parametrize(("header", "edition"), [("法令番号", "R6"), ("手数料等に関する補足", "R7"), ("法令名", "R6")])
def test_a_header_of_the_newer_edition_tells_the_edition(header: str, edition: str) -> None:
    assert map_headers(["手続名", header]).edition == edition


def test_a_slip_in_a_header_is_guessed_and_nonsense_is_not() -> None:
    assert closest_header("法令名称") == "法令名"
    assert closest_header("担当者の好み") is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [("事務の名称", "手続名"), ("年間の受付(件)(総数)", "総手続件数"), ("受付(うちオンライン)", "オンライン手続件数"),
     ("オンライン化の状況(現状)", "オンライン化の実施状況"), ("状況(予定年度)", "オンライン化実施時期"), ("No.", None)],
)  # fmt: skip
def test_headings_of_own_lists_also_below_another_are_proposed_by_their_meaning(said: str, meant: str | None) -> None:
    assert closest_header(said) == meant


def test_only_texts_have_a_limit() -> None:
    limits = {column.name: column.limit for column in COLUMNS}
    assert isinstance(limits["title"], int)
    assert limits["total_count"] is None
    assert limits["fee"] is None


def test_own_words_for_the_state_of_online_service_are_read() -> None:
    table = codes.tables()["online_status"]
    assert [table.find(said) for said in ("対応済", "未対応", "対象外", "一部対応", "実施済", "検討")] == [
        "1", "2", "3", "5", "1", None,
    ]  # fmt: skip
