"""Each kind of answer is checked in words, written for people, and normalised beside what was typed."""

from typing import Any

import pytest

from todoke.formbuilder.document.question_types import (
    MASK,
    PARTS,
    Value,
    findings,
    is_blank,
    normal,
    normals,
    parts_of,
    region_of,
    warnings,
    written,
)
from todoke.formbuilder.document.structure import Kind, Option, Question

NAME = {"family": "髙橋", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"}
ADDRESS = {"postal": "104-0045", "region": "東京都中央区築地", "street": "1-1", "building": ""}
ACCOUNT = {
    "bank": "みずほ銀行",
    "branch": "東京営業部",
    "type": "普通",
    "number": "１２３４５６７",
    "holder": "ﾀｶﾊｼ ﾊﾅｺ",
}


def asked(kind: Kind, **more: Any) -> Question:
    return Question("q", kind, "設問", **more)


CHOICE = asked(Kind.CHOICE, options=(Option("post", "郵送"), Option("counter", "窓口")))


def found(question: Question, value: Value) -> list[tuple[str, str]]:
    return list(findings(question, value))


def wrong(kind: Kind, value: Value, **more: Any) -> str:
    """What is said of an answer, with the parts it is said of."""
    return " ".join(f"{part}:{message}" if part else message for part, message in found(asked(kind, **more), value))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.SHORT_TEXT, "あ" * 200),
        (Kind.LONG_TEXT, "あ" * 4000),
        (Kind.DATE, "令和8年4月1日"),
        (Kind.NUMBER, "-５"),
        (Kind.MONEY, "0"),
        (Kind.PHONE, "０３（１２３４）５６７８"),
        (Kind.PHONE, "+81 90-1234-56789"),
        (Kind.PHONE, "123456789012345"),
        (Kind.EMAIL, " ｈanako＠example.jp "),
        (Kind.CORPORATE_NUMBER, "7000012050002"),
        (Kind.MY_NUMBER, "123456789018"),
        (Kind.MY_NUMBER, "sealed:abc"),
        (Kind.NAME, NAME),
        (Kind.ADDRESS, ADDRESS),
        (Kind.ADDRESS, {**ADDRESS, "postal": "１０４ー００４５"}),
        (Kind.BANK_ACCOUNT, ACCOUNT),
        (Kind.YES_NO, "no"),
        (Kind.DECLARATION, "yes"),
        (Kind.FILE, ["a.pdf"]),
        (Kind.INFORMATION, ""),
    ],
)
def test_what_can_be_meant_is_accepted(kind: Kind, value: Value) -> None:
    assert found(asked(kind), value) == []


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Kind.SHORT_TEXT, "あ" * 201, "200文字以内で入力してください(いま201文字です)。"),
        (Kind.LONG_TEXT, "あ" * 4001, "4000文字以内で入力してください(いま4001文字です)。"),
        (Kind.DATE, "令和8年2月30日", "実在する日付を入力してください。例: 令和8年4月1日、2026年4月1日"),
        (Kind.DATE, ["x"], "実在する日付を入力してください。例: 令和8年4月1日、2026年4月1日"),
        (Kind.NUMBER, "二つ", "数字で入力してください。例: 2"),
        (Kind.NUMBER, ["2"], "数字で入力してください。例: 2"),
        (Kind.MONEY, "-1", "0以上の数を入力してください。"),
        (Kind.PHONE, "1234-5678", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (Kind.PHONE, "1234567890123456", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (Kind.PHONE, "03-1234-5678 内線3", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (Kind.PHONE, ["x"], "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (Kind.EMAIL, "hanako", "メールアドレスの形を確かめてください。例: hanako@example.jp"),
        (Kind.EMAIL, ["a@example.jp"], "メールアドレスの形を確かめてください。例: hanako@example.jp"),
        (Kind.CORPORATE_NUMBER, "7000012050003", "法人番号は13桁の数字です。番号を確かめてください。"),
        (Kind.CORPORATE_NUMBER, ["x"], "法人番号は13桁の数字です。番号を確かめてください。"),
        (
            Kind.MY_NUMBER,
            "123456789019",
            "個人番号(マイナンバー)は12桁の数字です。通知カードかマイナンバーカードを見て、確かめてください。",
        ),
        (
            Kind.MY_NUMBER,
            ["sealed:abc"],
            "個人番号(マイナンバー)は12桁の数字です。通知カードかマイナンバーカードを見て、確かめてください。",
        ),
        (Kind.NAME, "髙橋", "氏名を入力してください。"),
        (Kind.ADDRESS, "築地", "住所を入力してください。"),
        (Kind.BANK_ACCOUNT, "普通", "振込先の口座を入力してください。"),
        (Kind.YES_NO, "perhaps", "選択肢の中から選んでください。"),
        (Kind.DECLARATION, "no", "選択肢の中から選んでください。"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_to_do(kind: Kind, value: Value, message: str) -> None:
    assert found(asked(kind), value) == [("", message)]


def test_a_number_keeps_within_its_bounds() -> None:
    assert wrong(Kind.NUMBER, "1000", low=1000, high=2000) == ""
    assert wrong(Kind.NUMBER, "999", low=1000, high=2000) == "1,000以上の数を入力してください。"
    assert wrong(Kind.NUMBER, "2000", low=1000, high=2000) == ""
    assert wrong(Kind.NUMBER, "2001", low=1000, high=2000) == "2,000以下の数を入力してください。"
    assert wrong(Kind.MONEY, "-5", low=-5) == ""
    assert wrong(Kind.NUMBER, "-5") == ""


def test_a_text_keeps_within_the_length_of_its_question() -> None:
    assert wrong(Kind.SHORT_TEXT, "あ" * 6, high=5) == "5文字以内で入力してください(いま6文字です)。"
    assert wrong(Kind.SHORT_TEXT, ["あ" * 6], high=5) == ""


def test_every_choice_is_one_of_the_options() -> None:
    assert found(CHOICE, "post") == []
    assert found(CHOICE, ["post", "counter"]) == []
    assert found(CHOICE, ["post", "x"]) == [("", "選択肢の中から選んでください。")]


@pytest.mark.parametrize(
    ("kind", "value", "part", "message"),
    [
        (Kind.NAME, {**NAME, "given": " "}, "given", "名を入力してください。"),
        (Kind.NAME, {**NAME, "family": "あ" * 201}, "family", "氏は200文字以内で入力してください。"),
        (
            Kind.NAME,
            {**NAME, "family_kana": "高橋"},
            "family_kana",
            "フリガナはカタカナ(またはひらがな)で入力してください。",
        ),
        (
            Kind.NAME,
            {**NAME, "given_kana": "花"},
            "given_kana",
            "フリガナはカタカナ(またはひらがな)で入力してください。",
        ),
        (Kind.ADDRESS, {**ADDRESS, "postal": "104-004"}, "postal", "郵便番号は7桁の数字です。例: 104-0045"),
        (Kind.ADDRESS, {**ADDRESS, "postal": ""}, "postal", "郵便番号を入力してください。"),
        (
            Kind.ADDRESS,
            {**ADDRESS, "building": "あ" * 201},
            "building",
            "建物名・部屋番号は200文字以内で入力してください。",
        ),
        (
            Kind.BANK_ACCOUNT,
            {**ACCOUNT, "number": "123456"},
            "number",
            "口座番号は7桁の数字です。7桁に足りないときは先頭に0を付けてください。",
        ),
        (Kind.BANK_ACCOUNT, {**ACCOUNT, "type": "定期"}, "type", "預金の種類を選んでください。"),
        (Kind.BANK_ACCOUNT, {**ACCOUNT, "type": ""}, "type", "預金の種類を入力してください。"),
        (Kind.BANK_ACCOUNT, {**ACCOUNT, "number": " "}, "number", "口座番号を入力してください。"),
        (
            Kind.BANK_ACCOUNT,
            {**ACCOUNT, "holder": "高橋"},
            "holder",
            "口座名義は、通帳のとおりカタカナと英数字で入力してください。例: ミホン ハナコ",
        ),
        (Kind.BANK_ACCOUNT, {**ACCOUNT, "holder": ""}, "holder", "口座名義(カナ)を入力してください。"),
    ],
)
def test_what_is_wrong_is_said_of_its_part(kind: Kind, value: dict[str, str], part: str, message: str) -> None:
    assert found(asked(kind), value) == [(part, message)]


def test_an_alternative_spelling_is_asked_for_where_the_question_says_so() -> None:
    question = asked(Kind.NAME, alternative=True)
    assert set(parts_of(question)) - set(parts_of(asked(Kind.NAME))) == {"plain_family", "plain_given"}
    assert parts_of(asked(Kind.NAME)) == PARTS[Kind.NAME]
    assert parts_of(asked(Kind.DATE)) == {}
    assert found(question, NAME) == []
    assert [part for part, _ in found(question, {**NAME, "plain_family": "髙橋"})] == ["plain_family"]
    assert found(asked(Kind.NAME), {**NAME, "plain_family": "髙橋"}) == []


def warned(kind: Kind, value: Value, **more: Any) -> list[str]:
    return [f"{part}:{message[:12]}" for part, message in warnings(asked(kind, **more), value)]


@pytest.mark.parametrize("kind", [Kind.SHORT_TEXT, Kind.LONG_TEXT])
def test_twelve_digits_in_a_text_may_be_a_my_number(kind: Kind) -> None:
    assert warned(kind, "番号は１２３４ー５６７８ー９０１２です") == [":12桁の数字があります。"]
    assert len(warned(kind, "123456789012")) == 1
    assert warned(kind, "1234567890123") == []
    assert warned(kind, "12345678901") == []


def test_digits_elsewhere_are_no_warning() -> None:
    assert warned(Kind.NUMBER, "123456789012") == []
    assert warned(Kind.SHORT_TEXT, ["123456789012"]) == []


def test_a_bank_or_branch_that_the_list_lacks_is_asked_about_and_stops_nobody() -> None:
    assert warned(Kind.BANK_ACCOUNT, ACCOUNT) == []
    assert warned(Kind.BANK_ACCOUNT, {**ACCOUNT, "bank": "火星銀行"}) == ["bank:この金融機関が見つかりま"]
    assert warned(Kind.BANK_ACCOUNT, {**ACCOUNT, "branch": "火星"}) == ["branch:この支店が見つかりません"]
    assert warned(Kind.BANK_ACCOUNT, {**ACCOUNT, "branch": " "}) == []
    assert warned(Kind.BANK_ACCOUNT, {"branch": "東京営業部"}) == []
    assert warned(Kind.NAME, {"bank": "火星銀行"}) == []


def test_a_name_that_some_machines_cannot_show_asks_for_another_spelling() -> None:
    assert warned(Kind.NAME, NAME, alternative=True) == ["plain_family:「髙」の出ない機械があり"]
    assert warned(Kind.NAME, NAME) == []


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
        (Kind.DATE, "令和8年4月1日", "2026-04-01"),
        (Kind.DATE, "いつか", ""),
        (Kind.NUMBER, "１，２３４", "1234"),
        (Kind.MONEY, "１，２３４円", "1234"),
        (Kind.CALCULATED, "0", "0"),
        (Kind.NUMBER, "二", ""),
        (Kind.PHONE, "０３（１２３４）５６７８", "0312345678"),
        (Kind.CORPORATE_NUMBER, "7-0000-1205-0002", "7000012050002"),
        (Kind.EMAIL, " Hanako＠Example.JP ", "hanako@example.jp"),
        (Kind.SHORT_TEXT, " ポチ ", "ポチ"),
        (Kind.MY_NUMBER, "123456789018", ""),
    ],
)
def test_an_answer_has_one_normal_form(kind: Kind, typed: str, kept: str) -> None:
    assert normal(asked(kind), typed) == kept


def test_the_parts_of_an_answer_are_normalised_each() -> None:
    assert normal(asked(Kind.ADDRESS), {"postal": "〒１０４ー００４５"}, "postal") == "1040045"
    assert normal(asked(Kind.BANK_ACCOUNT), ACCOUNT, "number") == "1234567"
    assert normal(asked(Kind.ADDRESS), {"street": " 1-1 "}, "street") == "1-1"
    assert normal(asked(Kind.ADDRESS), {}, "street") == ""
    assert normal(asked(Kind.FILE), ["a.pdf"]) == ""


def test_a_condition_sees_the_normal_forms_and_never_a_my_number() -> None:
    assert normals(asked(Kind.NUMBER), "１２") == ("12",)
    assert normals(asked(Kind.NUMBER), "二") == ()
    assert normals(asked(Kind.NUMBER), " ") == ()
    assert normals(asked(Kind.NUMBER), None) == ()
    assert normals(CHOICE, ["post", "counter"]) == ("post", "counter")
    assert normals(asked(Kind.MY_NUMBER), "123456789018") == (MASK,)
    assert normals(asked(Kind.NAME), {"family": "髙橋", "given": "花子"}) == ("髙橋花子",)


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (asked(Kind.SHORT_TEXT), None, ""),
        (asked(Kind.SHORT_TEXT), " ", ""),
        (asked(Kind.SHORT_TEXT), " ポチ", " ポチ"),
        (asked(Kind.MY_NUMBER), "123456789018", MASK),
        (CHOICE, "post", "郵送"),
        (CHOICE, ["post", "counter"], "郵送、窓口"),
        (asked(Kind.YES_NO), "yes", "はい"),
        (asked(Kind.DATE), "令和8年4月1日", "令和8年4月1日(2026-04-01)"),
        (asked(Kind.DATE), "2026-04-01", "2026-04-01(令和8年4月1日)"),
        (asked(Kind.DATE), "1873-01-01", "1873-01-01(明治6年1月1日)"),
        (asked(Kind.DATE), "1872-12-31", "1872-12-31"),
        (asked(Kind.DATE), "いつか", "いつか"),
        (asked(Kind.DATE), "令和8年2月30日", "令和8年2月30日"),
        (asked(Kind.CALCULATED, unit="円"), "1234", "1,234円"),
        (asked(Kind.CALCULATED), "x", "x"),
        (asked(Kind.MONEY), "１２３４", "1,234円"),
        (asked(Kind.MONEY), "たくさん", "たくさん"),
        (asked(Kind.NUMBER), "1234", "1234"),
        (asked(Kind.NAME), NAME, "髙橋 花子(タカハシ ハナコ)"),
        (asked(Kind.NAME), {"family": " 髙橋 "}, "髙橋"),
        (
            asked(Kind.NAME),
            {**NAME, "plain_family": "高橋"},
            "髙橋 花子(タカハシ ハナコ、代替表記: 高橋 花子)",
        ),
        (asked(Kind.ADDRESS), ADDRESS, "〒104-0045 東京都中央区築地1-1"),
        (asked(Kind.ADDRESS), {**ADDRESS, "building": "見本荘"}, "〒104-0045 東京都中央区築地1-1 見本荘"),
        (asked(Kind.ADDRESS), {"postal": "104", "street": "1-1"}, "1-1"),
        (asked(Kind.BANK_ACCOUNT), ACCOUNT, "みずほ銀行 東京営業部 普通 １２３４５６７ ﾀｶﾊｼ ﾊﾅｺ"),
        (asked(Kind.BANK_ACCOUNT), {"bank": "みずほ銀行"}, "みずほ銀行    "),
    ],
)
def test_an_answer_is_written_as_typed_with_what_helps_beside_it(
    question: Question, value: Value | None, words: str
) -> None:
    assert written(question, value) == words


def test_a_postal_code_knows_its_town() -> None:
    assert region_of("１０４−００４５") == "東京都中央区築地"
    assert region_of("000-0000") == ""
    assert region_of("") == ""
