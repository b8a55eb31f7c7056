"""How an answer is warned about, normalised, seen by conditions and written out."""

from typing import Any

import pytest

from tests.cast.typed_answers import ACCOUNT, ADDRESS, CHOICE, NAME, asked
from todoke.formbuilder.document.question_types import (
    MASK,
    Value,
    answer_warnings,
    display_text,
    is_blank,
    normalized,
    normalized_texts,
)
from todoke.formbuilder.document.structure import Question, QuestionKind
from todoke.japanese.postal_codes import regions_of


def warned(kind: QuestionKind, value: Value, **more: Any) -> list[str]:
    return [f"{part}:{message[:12]}" for part, message in answer_warnings(asked(kind, **more), value)]


@pytest.mark.parametrize("kind", [QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT])
def test_twelve_digits_in_a_text_may_be_a_my_number(kind: QuestionKind) -> None:
    assert warned(kind, "番号は１２３４ー５６７８ー９０１２です") == [":12桁の数字があります。"]
    assert len(warned(kind, "123456789012")) == 1
    assert warned(kind, "1234567890123") == []
    assert warned(kind, "12345678901") == []


def test_digits_elsewhere_are_no_warning() -> None:
    assert warned(QuestionKind.NUMBER, "123456789012") == []
    assert warned(QuestionKind.SHORT_TEXT, ["123456789012"]) == []


def test_a_bank_or_branch_that_the_list_lacks_is_asked_about_and_stops_nobody() -> None:
    assert warned(QuestionKind.BANK_ACCOUNT, ACCOUNT) == []
    assert warned(QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "bank": "火星銀行"}) == ["bank:この金融機関が見つかりま"]
    assert warned(QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "branch": "火星"}) == ["branch:この支店が見つかりません"]
    assert warned(QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "branch": " "}) == []
    assert warned(QuestionKind.BANK_ACCOUNT, {"branch": "東京営業部"}) == []
    assert warned(QuestionKind.NAME, {"bank": "火星銀行"}) == []


def test_a_name_that_some_machines_cannot_show_asks_for_another_spelling() -> None:
    assert warned(QuestionKind.NAME, NAME, alternative=True) == ["plain_family:「髙」の出ない機械があり"]
    assert warned(QuestionKind.NAME, NAME) == []


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        (None, True),
        ("", True),
        (" 　", True),
        ("年月日", True),
        ("西暦年月日", True),
        ("0", False),
        ([], True),
        (["a"], False),
        ({}, True),
        ({"type": "普通", "number": " "}, True),
        ({"type": "普通", "number": "1"}, False),
    ],
)
def test_an_era_or_an_account_type_alone_is_no_answer(value: Value | None, blank: bool) -> None:
    assert is_blank(value) is blank


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (QuestionKind.DATE, "令和8年4月1日", "2026-04-01"),
        (QuestionKind.DATE, "いつか", ""),
        (QuestionKind.NUMBER, "１，２３４", "1234"),
        (QuestionKind.MONEY, "１，２３４円", "1234"),
        (QuestionKind.CALCULATED, "0", "0"),
        (QuestionKind.NUMBER, "二", ""),
        (QuestionKind.PHONE, "０３（１２３４）５６７８", "0312345678"),
        (QuestionKind.CORPORATE_NUMBER, "7-0000-1205-0002", "7000012050002"),
        (QuestionKind.EMAIL, " Hanako＠Example.JP ", "hanako@example.jp"),
        (QuestionKind.SHORT_TEXT, " ポチ ", "ポチ"),
        (QuestionKind.MY_NUMBER, "123456789018", ""),
    ],
)
def test_an_answer_has_one_normal_form(kind: QuestionKind, typed: str, kept: str) -> None:
    assert normalized(asked(kind), typed) == kept


def test_the_parts_of_an_answer_are_normalised_each() -> None:
    assert normalized(asked(QuestionKind.ADDRESS), {"postal": "〒１０４ー００４５"}, "postal") == "1040045"
    assert normalized(asked(QuestionKind.BANK_ACCOUNT), ACCOUNT, "number") == "1234567"
    assert normalized(asked(QuestionKind.ADDRESS), {"street": " 1-1 "}, "street") == "1-1"
    assert normalized(asked(QuestionKind.ADDRESS), {}, "street") == ""
    assert normalized(asked(QuestionKind.FILE), ["a.pdf"]) == ""


def test_a_condition_sees_the_normal_forms_and_never_a_my_number() -> None:
    assert normalized_texts(asked(QuestionKind.NUMBER), "１２") == ("12",)
    assert normalized_texts(asked(QuestionKind.NUMBER), "二") == ()
    assert normalized_texts(asked(QuestionKind.NUMBER), " ") == ()
    assert normalized_texts(asked(QuestionKind.NUMBER), None) == ()
    assert normalized_texts(CHOICE, ["post", "counter"]) == ("post", "counter")
    assert normalized_texts(asked(QuestionKind.MY_NUMBER), "123456789018") == (MASK,)
    assert normalized_texts(asked(QuestionKind.NAME), {"family": "髙橋", "given": "花子"}) == ("髙橋花子",)


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (asked(QuestionKind.SHORT_TEXT), None, ""),
        (asked(QuestionKind.SHORT_TEXT), " ", ""),
        (asked(QuestionKind.SHORT_TEXT), " ポチ", " ポチ"),
        (asked(QuestionKind.MY_NUMBER), "123456789018", MASK),
        (CHOICE, "post", "郵送"),
        (CHOICE, ["post", "counter"], "郵送、窓口"),
        (asked(QuestionKind.YES_NO), "yes", "はい"),
        (asked(QuestionKind.DATE), "令和8年4月1日", "令和8年4月1日(2026年4月1日(水))"),
        (asked(QuestionKind.DATE), "平成33年7月1日", "平成33年7月1日(2021年7月1日(木)、令和3年7月1日)"),
        (asked(QuestionKind.DATE), "2026-04-01", "2026年4月1日(令和8年4月1日)"),
        (asked(QuestionKind.DATE), "1873-01-01", "1873年1月1日(明治6年1月1日)"),
        (asked(QuestionKind.DATE), "1872-12-31", "1872年12月31日"),
        (asked(QuestionKind.DATE), "いつか", "いつか"),
        (asked(QuestionKind.DATE), "令和8年2月30日", "令和8年2月30日"),
        (asked(QuestionKind.CALCULATED, unit="円"), "1234", "1,234円"),
        (asked(QuestionKind.CALCULATED), "x", "x"),
        (asked(QuestionKind.MONEY), "１２３４", "1,234円"),
        (asked(QuestionKind.MONEY), "たくさん", "たくさん"),
        (asked(QuestionKind.NUMBER), "1234", "1234"),
        (asked(QuestionKind.NAME), NAME, "髙橋 花子(タカハシ ハナコ)"),
        (asked(QuestionKind.NAME), {"family": " 髙橋 "}, "髙橋"),
        (
            asked(QuestionKind.NAME),
            {**NAME, "plain_family": "高橋"},
            "髙橋 花子(タカハシ ハナコ、代替表記: 高橋 花子)",
        ),
        (asked(QuestionKind.ADDRESS), ADDRESS, "〒104-0045 東京都中央区築地1-1"),
        (asked(QuestionKind.ADDRESS), {**ADDRESS, "building": "見本荘"}, "〒104-0045 東京都中央区築地1-1 見本荘"),
        (asked(QuestionKind.ADDRESS), {"postal": "104", "street": "1-1"}, "1-1"),
        (asked(QuestionKind.BANK_ACCOUNT), ACCOUNT, "みずほ銀行 東京営業部 普通 １２３４５６７ ﾀｶﾊｼ ﾊﾅｺ"),
        (asked(QuestionKind.BANK_ACCOUNT), {"bank": "みずほ銀行"}, "みずほ銀行"),
    ],
)
def test_an_answer_is_written_as_typed_with_what_helps_beside_it(
    question: Question, value: Value | None, words: str
) -> None:
    assert display_text(question, value) == words


def test_a_postal_code_knows_its_town() -> None:
    assert regions_of("１０４−００４５") == ["東京都中央区築地"]
    assert regions_of("000-0000") == []
    assert regions_of("") == []
