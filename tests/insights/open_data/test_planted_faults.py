"""One fault planted in a clean file is found at its place and nowhere else."""

from collections.abc import Callable

import pytest

from todoke.insights.open_data.repairs import repair
from todoke.insights.open_data.validator import validate

NAME = "222127_facilities.csv"
HEADER = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,緯度,経度,電話番号,"
    "法人番号,開始時間,登録日,URL,郵便番号,面積(㎡),備考"
)
ROWS = [
    "222127,1,静岡県,焼津市,本庁舎,ホンチョウシャ,静岡県焼津市本町2-16-32,34.866918,138.323171,054-626-1111,"
    "1000020222127,08:30,2025-04-01,https://www.city.yaizu.lg.jp/,425-0022,1200,「本館」と別館",
    "222127,2,静岡県,焼津市,図書館,トショカン,静岡県焼津市三ケ名1550,34.855123,138.306789,054-628-2334,"
    "1000020222127,09:00,2025-04-02,https://www.city.yaizu.lg.jp/lib,425-0052,800,",
    "222127,3,静岡県,焼津市,公民館,コウミンカン,静岡県焼津市宗高900,34.812345,138.287654,054-662-0501,"
    "1000020222127,09:00,2025-04-03,https://www.city.yaizu.lg.jp/kou,421-0205,650,",
]


def csv_text(rows: list[str] | None = None, header: str = HEADER, end: str = "\r\n") -> str:
    return end.join([header, *(ROWS if rows is None else rows), ""])


def in_row_3(old: str, new: str) -> bytes:
    row = ROWS[1].replace(old, new, 1)
    assert row != ROWS[1]
    return csv_text([ROWS[0], row, ROWS[2]]).encode()


def in_header(old: str, new: str) -> bytes:
    assert old in HEADER
    return csv_text(header=HEADER.replace(old, new, 1)).encode()


PLANTED: dict[str, tuple[Callable[[], bytes], str, int, int]] = {
    "Shift_JIS": (lambda: csv_text().encode("cp932"), "V01", 0, 0),
    "UTF-16": (lambda: csv_text().encode("utf-16"), "V01", 0, 0),
    "line feeds": (lambda: csv_text(end="\n").encode(), "V03", 0, 0),
    "a short record": (lambda: csv_text([ROWS[0], ROWS[1].rsplit(",", 1)[0], ROWS[2]]).encode(), "V04", 3, 0),
    "an empty record": (lambda: csv_text([ROWS[0], "", ROWS[2]]).encode(), "V04", 3, 0),
    "an open quote": (lambda: in_row_3("図書館", '"図書館'), "V05", 3, 0),
    "tabs": (lambda: csv_text().replace(",", "\t").encode(), "V06", 0, 0),
    "semicolons": (lambda: csv_text().replace(",", ";").encode(), "V06", 0, 0),
    "a byte of no encoding": (lambda: csv_text().encode()[:300] + b"\x80\xff" + csv_text().encode()[300:], "V07", 0, 0),
    "a column without a name": (lambda: in_header(",備考", ","), "V10", 1, 17),
    "a dash for a long vowel": (lambda: in_header("都道府県コード", "都道府県コ―ド"), "V11", 1, 1),
    "a header with a blank": (lambda: in_header("備考", "備考　"), "V11", 1, 17),
    "a header twice": (lambda: in_header("備考", "名称"), "V12", 1, 17),
    "a header in another spelling": (lambda: in_header(",NO,", ",№,"), "V13", 1, 2),
    "a row of descriptions": (lambda: csv_text(["#property" + "," * 16, *ROWS]).encode(), "V16", 2, 0),
    "a sum": (lambda: csv_text([*ROWS, ",,,,合計,,,,,,,,,,,2650,"]).encode(), "V17", 5, 0),
    "blanks at the end": (lambda: in_row_3("三ケ名1550", "三ケ名1550  "), "V20", 3, 7),
    "a line break": (lambda: in_row_3("静岡県焼津市三ケ名1550", '"静岡県焼津市\n三ケ名1550"'), "V21", 3, 7),
    "a sign nobody sees": (lambda: in_row_3("図書館", "図書\u200b館"), "V22", 3, 5),
    "half-width katakana": (lambda: in_row_3("図書館", "図書ｺｰﾅｰ"), "V23", 3, 5),
    "a formula": (lambda: in_row_3("図書館", "=HYPERLINK(1)"), "V24", 3, 5),
    "a sign for none": (lambda: in_row_3("054-628-2334", "ー"), "V25", 3, 10),
    "a word for none": (lambda: in_row_3("054-628-2334", "なし"), "V25", 3, 10),
    "a full-width telephone": (lambda: in_row_3("054-628-2334", "０５４－６２８－２３３４"), "V26", 3, 10),
    "a code of five digits": (lambda: in_row_3("222127", "22212"), "V30", 3, 1),
    "a code with a wrong digit": (lambda: in_row_3("222127", "222128"), "V30", 3, 1),
    "a corporate number": (lambda: in_row_3("1000020222127", "2000020222127"), "V31", 3, 11),
    "no latitude": (lambda: in_row_3("34.855123", "北緯34度"), "V32", 3, 8),
    "another city": (lambda: in_row_3("焼津市", "静岡市"), "V33", 3, 4),
    "three decimals": (lambda: in_row_3("34.855123", "34.855"), "V34", 3, 8),
    "two telephones": (lambda: in_row_3("054-628-2334", "054-628-2334 054-628-2335"), "V35", 3, 10),
    "a postal code": (lambda: in_row_3("425-0052", "4250052"), "V36", 3, 15),
    "a spoken time": (lambda: in_row_3("09:00", "午前9時"), "V37", 3, 12),
    "a day of an era": (lambda: in_row_3("2025-04-02", "令和7年4月2日"), "V38", 3, 13),
    "parted thousands": (lambda: in_row_3(",800,", ',"1,800",'), "V39", 3, 16),
    "a reading in hiragana": (lambda: in_row_3("トショカン", "としょかん"), "V40", 3, 6),
    "no address": (lambda: in_row_3("https://www.city.yaizu.lg.jp/lib", "図書館のページ"), "V41", 3, 14),
    "a record twice": (lambda: csv_text([*ROWS, ROWS[1].replace(",2,", ",4,", 1)]).encode(), "V43", 5, 0),
    "no leading zero": (lambda: in_row_3("09:00", "9:00"), "V46", 3, 12),
    "a place elsewhere": (lambda: in_row_3("34.855123,138.306789", "35.681236,139.767125"), "V47", 3, 8),
    "a mobile number": (lambda: in_row_3("054-628-2334", "090-1234-5678"), "V50", 3, 10),
}
STOPS = {"V05", "V07"}
FOR_A_PERSON = {"V30", "V31", "V32", "V33"}


def test_the_clean_file_is_clean() -> None:
    assert validate(csv_text().encode(), NAME).defects == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_there_and_nowhere_else(fault: str) -> None:
    make, rule, record, column = PLANTED[fault]
    report = validate(make(), NAME)
    assert [(one.rule, one.record, one.column) for one in report.defects] == [(rule, record, column)]


@pytest.mark.parametrize("fault", [name for name, case in PLANTED.items() if case[1] not in STOPS])
def test_what_was_repaired_stays_repaired(fault: str) -> None:
    once = repair(PLANTED[fault][0]())
    assert repair(once.content).content == once.content
    left = {one.rule for one in validate(once.content, NAME).defects if one.level == "E"}
    assert left <= FOR_A_PERSON & {PLANTED[fault][1]}


def test_two_circles_in_one_column_are_one_defect_of_the_column() -> None:
    marks = csv_text([ROWS[0] + "○", ROWS[1] + "〇", ROWS[2] + "○"])
    report = validate(marks.encode(), NAME)
    assert [(one.rule, one.record, one.column) for one in report.defects] == [("V44", 1, 17)]


def test_swapped_coordinates_change_places_when_repaired() -> None:
    content = in_row_3("34.855123,138.306789", "138.306789,34.855123")
    assert {one.repair for one in validate(content, NAME).defects} == {"34.855123", "138.306789"}
    assert repair(content).content.decode("utf-8-sig") == csv_text()


def test_a_declared_set_asks_for_its_required_columns() -> None:
    report = validate(in_header("名称_カナ", "よみ"), NAME, declared="公共施設一覧")
    assert [(one.rule, one.header) for one in report.defects] == [("V14", "名称_カナ")]


def test_a_workbook_is_refused_with_what_to_do() -> None:
    assert [one.rule for one in validate(b"PK\x03\x04rest", NAME).defects] == ["V07"]


def test_an_empty_file_is_refused() -> None:
    assert [one.rule for one in validate(b"", NAME).defects] == ["V07"]
