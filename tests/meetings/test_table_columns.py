"""Minutes that are tables: who speaks in a column, and which cells name the section and the day."""

from datetime import date

from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import Source, numbered
from todoke.meetings.minutes.table_columns import find_table_rows, side_of_head

ROWS = ["No\t意見\t対応\t担当課\t期限", "1\t椅子を増やしてほしい。\t椅子を20脚追加する。\t総務課\t6月末"]


def test_the_cells_of_a_row_stand_under_their_heads() -> None:
    row = find_table_rows(numbered(ROWS))[2]
    assert (row.owner, row.due_words) == ("総務課", "6月末")
    assert row.head_of("椅子を20脚追加する。") == "対応"
    assert [side_of_head(head) for head in ("意見", "対応", "担当課", "回答課")] == ["member", "office", "", ""]


def test_a_row_gives_its_section_and_its_day_to_what_it_promises() -> None:
    found = extract(Source(["会議の記録", *ROWS]), date(2026, 5, 12)).candidates
    promised = [each for each in found if each.kind == "commitment"]
    assert [(each.owner, each.due) for each in promised] == [("総務課", date(2026, 6, 30))]


def test_a_line_with_tabs_below_no_heads_is_no_row() -> None:
    assert find_table_rows(numbered(["日時\t令和8年5月12日", "場所\t庁議室"])) == {}


def test_a_numbered_row_without_a_full_stop_is_what_people_said_and_no_item_of_the_agenda() -> None:
    rows = [
        "番号\t箇所\t地元の意見\t検討の結果\t時期\t担当",
        "1\t堤防の道\tガードレールの延伸を要望\t河川事務所と協議する\t6月\t河川課",
    ]
    found = extract(Source(["交通安全対策会議 検討結果一覧", *rows]), date(2026, 4, 24))
    assert found.agenda == []
    assert ("commitment", "河川事務所と協議する") in [(each.kind, each.what) for each in found.candidates]


def test_a_table_of_items_stays_an_agenda() -> None:
    rows = ["番号\t案件\t担当課", "1\t市営住宅条例の改正について\t住宅課", "2\t補正予算について\t財政課"]
    assert [each.number for each in extract(Source(["庁議", *rows]), date(2026, 4, 24)).agenda] == ["1", "2"]
