"""Minutes that are tables: who speaks in a column, and which cells name the section and the day."""

from datetime import date

from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import Source, numbered
from todoke.meetings.minutes.minutes_structure import structure_of
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


FORM = [
    "会議結果報告書",
    "議題1\t開館時間の変更について",
    "結果\t19時までとする案を承認",
    "主な意見\t・朝を早くできないか",
    "\t・職員の負担にならないようにしてほしい",
    "館の考え\t・次の協議会までに試算して報告",
]


def test_a_line_of_a_form_without_a_head_stands_under_the_one_above() -> None:
    found = find_table_rows(numbered(FORM))
    assert {line: row.cells[0][0] for line, row in found.items()} == {
        3: "結果",
        4: "主な意見",
        5: "主な意見",
        6: "館の考え",
    }
    sides = {each.sentence.line: each.side for each in structure_of(Source(FORM)).contexts if each.sentence.line > 2}
    assert sides == {3: "office", 4: "member", 5: "member", 6: "office"}


def test_a_column_behind_the_remarks_answers_them_whatever_it_is_called() -> None:
    row = find_table_rows(numbered(["番号\t課題\t発言\t整理\t備考", "1\t滞納\t督促が要る\t市が行う\t―"]))[2]
    assert [row.side_under(head) for head in ("発言", "整理", "備考")] == ["member", "office", ""]


def test_a_cell_that_speaks_of_an_answer_is_no_head() -> None:
    rows = ["区分\t課題\t改善策", "物資\t蓄電池の配備\t医師会の回答を待つ", "物資\t水が余る\t計画を見直す"]
    assert find_table_rows(numbered(rows))[3].head_of("計画を見直す") == "改善策"


def test_cells_between_bars_are_cells() -> None:
    lines = ["| 意見 | 対応 | 担当課 |", "|---|---|---|", "| 屋根がほしい。 | 屋根を付ける。 | 建築課 |"]
    found = extract(Source(["会議の記録", *lines]), date(2026, 5, 12)).candidates
    assert [(each.kind, each.owner) for each in found] == [("request", ""), ("commitment", "建築課")]


def test_who_is_asked_in_a_row_is_its_section() -> None:
    lines = ["項目\t内容\t担当\t期限", "図の差替え\t最新の図に差し替えていただきたい。\t下水道課\t7月末"]
    found = extract(Source(["令和6年5月23日 会議", *lines])).candidates
    assert [(each.kind, each.owner, each.due) for each in found] == [("request", "下水道課", date(2024, 7, 31))]
