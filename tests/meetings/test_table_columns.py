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
