"""Each kind of answer is checked in words, written for people, and normalised beside what was typed."""

from typing import Any

import pytest

from tests.cast.typed_answers import ACCOUNT, ADDRESS, CHOICE, NAME, asked
from todoke.formbuilder.document.answer_parts import PARTS, parts_of
from todoke.formbuilder.document.question_types import Value, answer_errors, answer_warnings
from todoke.formbuilder.document.structure import Question, QuestionKind


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
        (QuestionKind.NAME, {**NAME, "given_kana": " "}, "given_kana", "名(フリガナ)を入力してください。"),
        (QuestionKind.NAME, {**NAME, "family": "あ" * 100}, "family", "氏は99文字以内で入力してください。"),
        (
            QuestionKind.NAME,
            {**NAME, "family_kana": "高橋"},
            "family_kana",
            "フリガナはカタカナ(またはひらがな、ローマ字)で入力してください。",
        ),
        (
            QuestionKind.NAME,
            {**NAME, "given_kana": "花"},
            "given_kana",
            "フリガナはカタカナ(またはひらがな、ローマ字)で入力してください。",
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


@pytest.mark.parametrize(
    ("label", "typed", "warned"),
    [
        ("マイクロチップの番号(15桁)", "茶色の雑種", True),
        ("マイクロチップの番号(15桁)", "39214100012345", True),
        ("マイクロチップの番号(15桁)", "３９２１ 4100 0123 456", False),
        ("Number of the microchip (15 digits)", "12", True),
        ("番号", "12", False),
    ],
)
def test_a_number_of_so_many_digits_is_asked_about_when_it_has_others(label: str, typed: str, warned: bool) -> None:
    question = Question("q", QuestionKind.SHORT_TEXT, label)
    assert bool(list(answer_warnings(question, typed))) is warned
