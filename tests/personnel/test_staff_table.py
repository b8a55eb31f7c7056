"""A table of staff is read as people write it, and every contradiction in it is said."""

import pytest

from tests.cast.personnel import line, workbook
from todoke.personnel.staff_table import StaffTable, read_staff
from todoke.runtime.refusals import Unreadable


def problems(table: StaffTable) -> list[str]:
    return [f"{each.line}: {each.problem}" for each in table.defects]


def test_a_post_without_a_written_role_is_known_by_its_title() -> None:
    titles = ("課長", "課長補佐", "副部長", "こども部長", "係員")
    table = read_staff(workbook(line("5010", "こども課", title) for title in titles))
    assert [row.role for row in table.rows] == ["chief", "clerk", "clerk", "director", "clerk"]
    assert not table.defects


def test_days_codes_and_addresses_are_read_in_any_width_and_era() -> None:
    who = {"name": "鈴木 明美", "email": "akemi@example.lg.jp", "starts_on": "令和9年4月1日"}
    row = read_staff(workbook([line("5010", "こども課", "係員", **who)])).rows[0]
    assert (row.code, row.starts_on, row.email) == ("5010", "2027-04-01", "akemi@example.lg.jp")


def test_headings_of_personnel_systems_are_known() -> None:
    csv = "所属コード,所属,役職,職員氏名,メール,備考\n5010,こども課,課長,鈴木 明美,akemi@example.lg.jp,x\n".encode()
    table = read_staff(csv)
    assert table.rows[0].name == "鈴木 明美"
    assert table.hints == ["読まなかった列: 備考"]


def test_what_two_lines_say_differently_is_said() -> None:
    who = {"name": "鈴木 明美", "email": "akemi@example.lg.jp"}
    lines = [
        line("5010", "こども課", "係員", **who),
        line("5010", "子ども課", "係員", role="会計担当"),
        line("5010", "こども課", "係員", **who),
        line("5020", "保育課", "係員", name="鈴木 あけみ", email="AKEMI@example.lg.jp"),
    ]
    assert problems(read_staff(workbook(lines))) == [
        "3: 同じ部署コードに、違う部署名があります",
        "3: 同じ部署の同じ職名に、違う役割があります",
        "4: 同じ人の同じ職位が、もう一度あります",
        "5: 同じメールアドレスに、違う氏名があります",
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"title": "係員", "role": "雑用"}, "役割の名前が違います"),
        ({"title": "係員", "name": "鈴木"}, "氏名があるのに、メールアドレスがありません"),
        ({"title": "係員", "name": "鈴木", "email": "x"}, "メールアドレスの形が違います"),
        ({"name": "鈴木", "email": "a@example.jp"}, "氏名があるのに、職名がありません"),
        ({"title": "係員", "starts_on": "2月30日"}, "日付として読めません"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(cells: dict[str, str], problem: str) -> None:
    assert problems(read_staff(workbook([line("5010", "こども課", **cells)]))) == [f"2: {problem}"]


def test_another_table_is_refused_with_the_headings_that_are_missing() -> None:
    with pytest.raises(Unreadable, match="部署コード"):
        read_staff("氏名,金額\n鈴木,100\n".encode())
