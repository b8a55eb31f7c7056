"""Personal data in texts: what is found, what is left alone, and what is never kept."""

import pytest

from todoke.japanese.personal_data import NUMBERS, Kind, find_pieces, masked


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("私の番号は123456789018です", Kind.MY_NUMBER, "123456789018"),
        ("番号 １２３４－５６７８－９０１８ です", Kind.MY_NUMBER, "１２３４－５６７８－９０１８"),
        ("1234 5678 9018", Kind.MY_NUMBER, "1234 5678 9018"),
        ("4111-1111-1111-1111で払った", Kind.CARD, "4111-1111-1111-1111"),
        ("受付番号2026-000123-Cの件", Kind.RECEIPT, "2026-000123-C"),
        ("hanako.yamada@example.jpまで", Kind.MAIL, "hanako.yamada@example.jp"),
        ("ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ", Kind.MAIL, "ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ"),
        ("090-1234-5678にください", Kind.TELEPHONE, "090-1234-5678"),
        ("電話は０９０１２３４５６７８", Kind.TELEPHONE, "０９０１２３４５６７８"),
        ("03(1234)5678", Kind.TELEPHONE, "03(1234)5678"),
        ("(045) 123-4567", Kind.TELEPHONE, "(045) 123-4567"),
        ("+81-90-1234-5678", Kind.TELEPHONE, "+81-90-1234-5678"),
        ("〒105-0014の家", Kind.ADDRESS, "〒105-0014"),
        ("港区芝1-5-25に住んでいます", Kind.ADDRESS, "港区芝1-5-25"),
        ("私は芝二丁目3番4号です", Kind.ADDRESS, "芝二丁目3番4号"),
        ("田中さんが言った", Kind.NAME, "田中"),
        ("窓口の佐藤課長の態度", Kind.NAME, "佐藤"),
        ("担当の鈴木です", Kind.NAME, "鈴木"),
    ],
)
def test_what_points_to_a_person_is_found_at_its_place(text: str, kind: Kind, piece: str) -> None:
    found = [each for each in find_pieces(text) if each.kind == kind]
    assert [each.text for each in found] == [piece]
    assert text[found[0].start : found[0].end] == piece


@pytest.mark.parametrize(
    "text",
    [
        "123456789012は検査数字が合いません",
        "法人番号は7000012050002です",
        "2026年11月30日の13:45から",
        "予算は1,234,567円、令和8年度",
        "第12条の3-4",
        "皆さん、患者様、担当課長へ",
        "9時30分-17時15分",
        "A-1234-5678",
    ],
)
def test_other_numbers_and_forms_of_address_are_left_alone(text: str) -> None:
    assert find_pieces(text) == []


def test_the_numbers_of_offices_are_public() -> None:
    text = "お問い合わせは03-1234-5678、shomin@city.example.jpへ"
    assert len(find_pieces(text)) == 2
    assert find_pieces(text, public=["０３（１２３４）５６７８", "Shomin@city.example.jp"]) == []


def test_what_is_masked_keeps_the_rest_and_its_order() -> None:
    asked = "090-1234-5678の山田です。2026-000123-Cはどうなりましたか"
    assert masked(asked) == "〔電話番号〕の山田です。〔受付番号〕はどうなりましたか"
    assert find_pieces(masked(asked), NUMBERS) == []


def test_a_long_text_is_read_to_its_end() -> None:
    text = "あ" * 30_000 + "。田中さん"
    assert [each.text for each in find_pieces(text)] == ["田中"]
