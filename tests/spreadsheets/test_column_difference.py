"""What changed between the table that was expected and the one that came, in words."""

import pytest

from todoke.spreadsheets.column_difference import TableShape, compare_shapes

EXPECTED = TableShape.of(("世帯番号", "世帯主", "金額"), "utf-8", "一覧")


def seen(*columns: str, encoding: str = "utf-8", sheet: str = "一覧") -> TableShape:
    return TableShape.of(columns, encoding, sheet)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (seen("世帯番号", "世帯主氏名", "金額"), "列「世帯主」がなくなり、「世帯主氏名」があります。"),
        (seen("世帯番号", "申請者", "金額"), "列「世帯主」がなくなり、「申請者」があります。"),
        (seen("世帯番号", "金額"), "列「世帯主」がありません。"),
        (seen("世帯番号", "世帯主", "金額", "備考"), "知らない列「備考」があります。"),
        (seen("世帯番号", "世帯主", "金額", "金額"), "知らない列「金額」があります。"),
        (seen("世帯番号", "世帯主", "金額", encoding="cp932"), "文字コードがUTF-8からShift_JISに変わりました。"),
        (seen("世帯番号", "世帯主", "金額", sheet="集計"), "シート「一覧」ではなく、「集計」です。"),
    ],
)
def test_a_change_that_stops_is_named(shape: TableShape, said: str) -> None:
    found = compare_shapes(EXPECTED, shape)
    assert found.stops(by_position=False)
    assert list(found.sentences()) == [said]


def test_moved_columns_stop_only_what_counts_them() -> None:
    found = compare_shapes(EXPECTED, seen("金額", "世帯番号", "世帯主"))
    assert (found.stops(by_position=False), found.stops(by_position=True)) == (False, True)
    assert "順序が変わりました" in next(found.sentences())


def test_the_same_table_is_no_change_and_what_is_not_said_is_not_compared() -> None:
    assert not compare_shapes(EXPECTED, EXPECTED).stops(by_position=True)
    assert not compare_shapes(EXPECTED, seen("世帯番号", " 世帯主 ", "金額", encoding="", sheet="")).stops(
        by_position=True
    )


def test_an_optional_column_may_be_missing() -> None:
    expected = TableShape(("番号", "備考"), optional=frozenset({"備考"}))
    assert not compare_shapes(expected, TableShape.of(("番号",))).stops(by_position=False)
