"""Each kind of answer is checked in words, written for people, and normalised beside what was typed."""

from typing import Any

import pytest

from todoke.formbuilder.document.question_types import (
    MASK,
    PARTS,
    Value,
    answer_errors,
    answer_warnings,
    display_text,
    is_blank,
    normalized,
    normalized_texts,
    parts_of,
    region_of,
)
from todoke.formbuilder.document.structure import Option, Question, QuestionKind

NAME = {"family": "髙橋", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"}
ADDRESS = {"postal": "104-0045", "region": "東京都中央区築地", "street": "1-1", "building": ""}
ACCOUNT = {
    "bank": "みずほ銀行",
    "branch": "東京営業部",
    "type": "普通",
    "number": "１２３４５６７",
    "holder": "ﾀｶﾊｼ ﾊﾅｺ",
}


def asked(kind: QuestionKind, **more: Any) -> Question:
    return Question("q", kind, "設問", **more)


CHOICE = asked(QuestionKind.CHOICE, options=(Option("post", "郵送"), Option("counter", "窓口")))


def found(question: Question, value: Value) -> list[tuple[str, str]]:
    return list(answer_errors(question, value))


def wrong(kind: QuestionKind, value: Value, **more: Any) -> str:
    """What is said of an answer, with the parts it is said of."""
    return " ".join(f"{part}:{message}" if part else message for part, message in found(asked(kind, **more), value))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (QuestionKind.SHORT_TEXT, "あ" * 200),
        (QuestionKind.LONG_TEXT, "あ" * 4000),
        (QuestionKind.DATE, "令和8年4月1日"),
        (QuestionKind.NUMBER, "-５"),
        (QuestionKind.MONEY, "0"),
        (QuestionKind.PHONE, "０３（１２３４）５６７８"),
        (QuestionKind.PHONE, "+81 90-1234-56789"),
        (QuestionKind.PHONE, "123456789012345"),
        (QuestionKind.EMAIL, " ｈanako＠example.jp "),
        (QuestionKind.CORPORATE_NUMBER, "7000012050002"),
        (QuestionKind.MY_NUMBER, "123456789018"),
        (QuestionKind.MY_NUMBER, "sealed:abc"),
        (QuestionKind.NAME, NAME),
        (QuestionKind.ADDRESS, ADDRESS),
        (QuestionKind.ADDRESS, {**ADDRESS, "postal": "１０４ー００４５"}),
        (QuestionKind.BANK_ACCOUNT, ACCOUNT),
        (QuestionKind.YES_NO, "no"),
        (QuestionKind.DECLARATION, "yes"),
        (QuestionKind.FILE, ["a.pdf"]),
        (QuestionKind.INFORMATION, ""),
    ],
)
def test_what_can_be_meant_is_accepted(kind: QuestionKind, value: Value) -> None:
    assert found(asked(kind), value) == []


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (QuestionKind.SHORT_TEXT, "あ" * 201, "200文字以内で入力してください(いま201文字です)。"),
        (QuestionKind.LONG_TEXT, "あ" * 4001, "4000文字以内で入力してください(いま4001文字です)。"),
        (QuestionKind.DATE, "令和8年2月30日", "実在する日付を入力してください。例: 令和8年4月1日、2026年4月1日"),
        (QuestionKind.DATE, ["x"], "実在する日付を入力してください。例: 令和8年4月1日、2026年4月1日"),
        (QuestionKind.NUMBER, "二つ", "数字で入力してください。例: 2"),
        (QuestionKind.NUMBER, ["2"], "数字で入力してください。例: 2"),
        (QuestionKind.MONEY, "-1", "0以上の数を入力してください。"),
        (QuestionKind.PHONE, "1234-5678", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (QuestionKind.PHONE, "1234567890123456", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (QuestionKind.PHONE, "03-1234-5678 内線3", "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (QuestionKind.PHONE, ["x"], "電話番号を市外局番から入力してください。例: 090-1234-5678"),
        (QuestionKind.EMAIL, "hanako", "メールアドレスの形を確かめてください。例: hanako@example.jp"),
        (QuestionKind.EMAIL, ["a@example.jp"], "メールアドレスの形を確かめてください。例: hanako@example.jp"),
        (QuestionKind.CORPORATE_NUMBER, "7000012050003", "法人番号は13桁の数字です。番号を確かめてください。"),
        (QuestionKind.CORPORATE_NUMBER, ["x"], "法人番号は13桁の数字です。番号を確かめてください。"),
        (
            QuestionKind.MY_NUMBER,
            "123456789019",
            "個人番号(マイナンバー)は12桁の数字です。通知カードかマイナンバーカードを見て、確かめてください。",
        ),
        (
            QuestionKind.MY_NUMBER,
            ["sealed:abc"],
            "個人番号(マイナンバー)は12桁の数字です。通知カードかマイナンバーカードを見て、確かめてください。",
        ),
        (QuestionKind.NAME, "髙橋", "氏名を入力してください。"),
        (QuestionKind.ADDRESS, "築地", "住所を入力してください。"),
        (QuestionKind.BANK_ACCOUNT, "普通", "振込先の口座を入力してください。"),
        (QuestionKind.YES_NO, "perhaps", "選択肢の中から選んでください。"),
        (QuestionKind.DECLARATION, "no", "選択肢の中から選んでください。"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_to_do(kind: QuestionKind, value: Value, message: str) -> None:
    assert found(asked(kind), value) == [("", message)]


def test_a_number_keeps_within_its_bounds() -> None:
    assert wrong(QuestionKind.NUMBER, "1000", low=1000, high=2000) == ""
    assert wrong(QuestionKind.NUMBER, "999", low=1000, high=2000) == "1,000以上の数を入力してください。"
    assert wrong(QuestionKind.NUMBER, "2000", low=1000, high=2000) == ""
    assert wrong(QuestionKind.NUMBER, "2001", low=1000, high=2000) == "2,000以下の数を入力してください。"
    assert wrong(QuestionKind.MONEY, "-5", low=-5) == ""
    assert wrong(QuestionKind.NUMBER, "-5") == ""


def test_a_text_keeps_within_the_length_of_its_question() -> None:
    assert wrong(QuestionKind.SHORT_TEXT, "あ" * 6, high=5) == "5文字以内で入力してください(いま6文字です)。"
    assert wrong(QuestionKind.SHORT_TEXT, ["あ" * 6], high=5) == ""


def test_every_choice_is_one_of_the_options() -> None:
    assert found(CHOICE, "post") == []
    assert found(CHOICE, ["post", "counter"]) == []
    assert found(CHOICE, ["post", "x"]) == [("", "選択肢の中から選んでください。")]


@pytest.mark.parametrize(
    ("kind", "value", "part", "message"),
    [
        (QuestionKind.NAME, {**NAME, "given": " "}, "given", "名を入力してください。"),
        (QuestionKind.NAME, {**NAME, "family": "あ" * 201}, "family", "氏は200文字以内で入力してください。"),
        (
            QuestionKind.NAME,
            {**NAME, "family_kana": "高橋"},
            "family_kana",
            "フリガナはカタカナ(またはひらがな)で入力してください。",
        ),
        (
            QuestionKind.NAME,
            {**NAME, "given_kana": "花"},
            "given_kana",
            "フリガナはカタカナ(またはひらがな)で入力してください。",
        ),
        (QuestionKind.ADDRESS, {**ADDRESS, "postal": "104-004"}, "postal", "郵便番号は7桁の数字です。例: 104-0045"),
        (QuestionKind.ADDRESS, {**ADDRESS, "postal": ""}, "postal", "郵便番号を入力してください。"),
        (
            QuestionKind.ADDRESS,
            {**ADDRESS, "building": "あ" * 201},
            "building",
            "建物名・部屋番号は200文字以内で入力してください。",
        ),
        (
            QuestionKind.BANK_ACCOUNT,
            {**ACCOUNT, "number": "123456"},
            "number",
            "口座番号は7桁の数字です。7桁に足りないときは先頭に0を付けてください。",
        ),
        (QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "type": "定期"}, "type", "預金の種類を選んでください。"),
        (QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "type": ""}, "type", "預金の種類を入力してください。"),
        (QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "number": " "}, "number", "口座番号を入力してください。"),
        (
            QuestionKind.BANK_ACCOUNT,
            {**ACCOUNT, "holder": "高橋"},
            "holder",
            "口座名義は、通帳のとおりカタカナと英数字で入力してください。例: ミホン ハナコ",
        ),
        (QuestionKind.BANK_ACCOUNT, {**ACCOUNT, "holder": ""}, "holder", "口座名義(カナ)を入力してください。"),
    ],
)
def test_what_is_wrong_is_said_of_its_part(kind: QuestionKind, value: dict[str, str], part: str, message: str) -> None:
    assert found(asked(kind), value) == [(part, message)]


def test_parts_that_are_missing_altogether_are_asked_for_and_nothing_else() -> None:
    assert [part for part, _ in found(asked(QuestionKind.BANK_ACCOUNT), {})] == [
        "bank",
        "branch",
        "type",
        "number",
        "holder",
    ]
    assert [part for part, _ in found(asked(QuestionKind.ADDRESS), {})] == ["postal", "region", "street"]
    assert [part for part, _ in found(asked(QuestionKind.NAME), {})] == ["family", "given", "family_kana", "given_kana"]


def test_an_alternative_spelling_is_asked_for_where_the_question_says_so() -> None:
    question = asked(QuestionKind.NAME, alternative=True)
    assert set(parts_of(question)) - set(parts_of(asked(QuestionKind.NAME))) == {"plain_family", "plain_given"}
    assert parts_of(asked(QuestionKind.NAME)) == PARTS[QuestionKind.NAME]
    assert parts_of(asked(QuestionKind.DATE)) == {}
    assert found(question, NAME) == []
    assert [part for part, _ in found(question, {**NAME, "plain_family": "髙橋"})] == ["plain_family"]
    assert found(asked(QuestionKind.NAME), {**NAME, "plain_family": "髙橋"}) == []


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
        (asked(QuestionKind.DATE), "令和8年4月1日", "令和8年4月1日(2026-04-01)"),
        (asked(QuestionKind.DATE), "2026-04-01", "2026-04-01(令和8年4月1日)"),
        (asked(QuestionKind.DATE), "1873-01-01", "1873-01-01(明治6年1月1日)"),
        (asked(QuestionKind.DATE), "1872-12-31", "1872-12-31"),
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
        (asked(QuestionKind.BANK_ACCOUNT), {"bank": "みずほ銀行"}, "みずほ銀行    "),
    ],
)
def test_an_answer_is_written_as_typed_with_what_helps_beside_it(
    question: Question, value: Value | None, words: str
) -> None:
    assert display_text(question, value) == words


def test_a_postal_code_knows_its_town() -> None:
    assert region_of("１０４−００４５") == "東京都中央区築地"
    assert region_of("000-0000") == ""
    assert region_of("") == ""
