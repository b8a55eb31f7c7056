"""Tables of heads over rows: a group that repeats, rows that are named, and what is printed in them."""

import pytest

from tests.cast.paper_forms import asked, left_out, letter, ruled
from todoke.formbuilder.paper_import.recognition import recognise

FAMILY = ["*氏名 name", "*続柄 short_text", "*生年月日 date"]


@pytest.mark.parametrize(
    "rows",
    [
        ("氏名|続柄|生年月日", "||  年  月  日", "||  年  月  日"),
        ("|氏名|続柄|生年月日", "1|||  .  .  ", "2|||  .  .  "),
        ("番号|氏名|続柄|生年月日", "1||本人|", "2|||", "3|||"),
        ("No.|氏名|続柄|生年月日", "例|緑 太郎|子|令和2年1月1日", "1|||", "2|||"),
        ("家族|氏名|続柄|生年月日", "^|||", "^|||", "^|||"),
        ("氏名\n(フリガナ)|続柄|生年月日", "||", "||"),
    ],
)
def test_heads_over_empty_rows_are_a_group_that_repeats(rows: tuple[str, ...]) -> None:
    for sheet in (True, False):
        found = [one.replace(" (フリガナ)", "") for one in asked(ruled(*rows, sheet=sheet))]
        assert found == FAMILY


def test_a_heading_in_the_letter_names_the_table_below_it() -> None:
    table = ruled("氏名|続柄|生年月日", "||", "||")
    assert {one.group for one in recognise([letter("4 同居している親族"), table]).questions} == {"同居している親族"}


def test_printed_rows_below_a_head_are_the_choices_of_its_column() -> None:
    table = ruled("証明の種類|年度|通数|手数料", "所得証明|  年度|  通|1通300円", "納税証明|  年度|  通|1通300円")
    found = recognise([table]).questions
    assert [(one.label, one.kind.value) for one in found] == [
        ("証明の種類", "choice"),
        ("年度", "short_text"),
        ("通数", "number"),
    ]
    assert found[0].options == ("所得証明", "納税証明")
    assert "1通300円" in left_out(table)


def test_named_rows_without_a_head_are_asked_one_by_one() -> None:
    table = ruled("|農園名|区画の広さ", "第1希望||□15㎡  □30㎡", "第2希望||□15㎡  □30㎡", sheet=True)
    assert asked(table) == [
        "第1希望の農園名 short_text",
        "第1希望の区画の広さ choice",
        "第2希望の農園名 short_text",
        "第2希望の区画の広さ choice",
    ]


def test_rows_may_name_what_is_asked_and_heads_of_whom() -> None:
    table = ruled("区分|父|母", "氏名||", "生年月日||", "職業||")
    assert asked(table)[:4] == ["父の氏名 name", "母の氏名 name", "父の生年月日 date", "母の生年月日 date"]


def test_words_for_a_kind_of_telephone_leave_room_for_its_number() -> None:
    table = ruled("保護者|氏名|生年月日|連絡先", "^||  年  月  日|自宅\n携帯", sheet=True)
    assert asked(table) == ["氏名 name", "生年月日 date", "連絡先(自宅) phone", "連絡先(携帯) phone"]


def test_ticked_rows_are_the_choices_of_their_column() -> None:
    table = ruled("予防接種|接種日|支払額", "□水痘|  年  月  日|   円", "□麻しん|  年  月  日|   円", "合計|<|   円")
    assert asked(table) == ["*予防接種 choice", "*接種日 date", "*支払額 money", "合計 money"]


def test_a_table_within_a_block_leaves_the_questions_after_it_alone() -> None:
    table = ruled("各階の用途|階|用途|床面積", "^|||", "^|||", "必要な事項||<|<", sheet=True)
    assert asked(table) == ["*階 short_text", "*用途 long_text", "*床面積 number", "必要な事項 long_text"]


def test_boxes_in_two_columns_are_no_table() -> None:
    assert asked(ruled("区分|在住・在勤", "連絡先|", "保護者氏名|", sheet=True)) == [
        "区分 choice",
        "連絡先 phone",
        "保護者氏名 name",
    ]
