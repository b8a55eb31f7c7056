"""What is written in a box comes out in one form, and what cannot be is said in a sentence."""

import pytest

from todoke.runtime.refusals import Refused
from todoke.scans.recognition.field_types import (
    FieldType,
    Policy,
    allowed_signs,
    is_writable,
    require_policy,
    variants_of,
)
from todoke.scans.recognition.field_values import normalised, problem


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (FieldType.POSTAL, "〒１００-０００１", "1000001"),
        (FieldType.PHONE, "０３－１２３４－５６７８", "03-1234-5678"),
        (FieldType.MONEY, "￥１,２００", "1200"),
        (FieldType.NUMBER, "二", "二"),
        (FieldType.YEAR, "元", "1"),
        (FieldType.MONTH, "０４", "4"),
        (FieldType.KANA, "やまだ ﾊﾅｺ", "ヤマダ ハナコ"),
        (FieldType.NAME, " 髙橋 ", "髙橋"),
        (FieldType.EMAIL, "Ａ@example.jp", "A@example.jp"),
        (FieldType.CHOICES, "a\nb", "a\nb"),
    ],
)
def test_a_text_is_kept_in_one_form(kind: FieldType, written: str, kept: str) -> None:
    assert normalised(kind, written) == kept
    assert normalised(kind, kept) == kept, "once is enough"


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (FieldType.POSTAL, "123", "7けた"),
        (FieldType.POSTAL, "0000000", "この郵便番号はありません"),
        (FieldType.PHONE, "12345", "けた"),
        (FieldType.MONTH, "13", "この数にはなりません"),
        (FieldType.DAY, "3a", "この数にはなりません"),
        (FieldType.DATE, "令和8年2月30日", "ない日付"),
        (FieldType.MONEY, "たくさん", "数として読めません"),
        (FieldType.KANA, "山田", "カタカナでない"),
        (FieldType.EMAIL, "hanako", "メールアドレスの形"),
        (FieldType.CHOICE, "yes\nno", "二つ以上"),
        (FieldType.CHOICE, "maybe", "選択肢にありません"),
    ],
)
def test_what_cannot_be_is_said(kind: FieldType, text: str, said: str) -> None:
    assert said in problem(kind, text, choices=("yes", "no"))


@pytest.mark.parametrize("kind", list(FieldType))
def test_an_empty_box_is_a_problem_only_where_it_must_be_filled(kind: FieldType) -> None:
    assert problem(kind, "") == ""
    assert problem(kind, "", required=True) == "空欄です。"


def test_a_name_offers_the_spellings_that_a_reader_confuses() -> None:
    assert "髙橋" in variants_of("高橋")
    assert "高橋" in variants_of("髙橋")
    assert "渡邊" in variants_of("渡辺")
    assert variants_of("山田") == []


def test_a_name_may_hold_a_variant_and_no_foreign_sign() -> None:
    assert is_writable("髙")
    assert is_writable("山")
    assert not is_writable("한")


def test_a_postal_code_has_no_letter() -> None:
    signs = allowed_signs(FieldType.POSTAL)
    assert signs is not None
    assert "O" not in signs
    assert allowed_signs(FieldType.NAME) is None


@pytest.mark.parametrize("kind", [FieldType.NAME, FieldType.ACCOUNT, FieldType.MONEY, FieldType.TEXT, FieldType.NUMBER])
def test_a_template_that_lets_a_name_pass_unchecked_is_refused(kind: FieldType) -> None:
    with pytest.raises(Refused, match="確かめずに通せません"):
        require_policy(kind, Policy.AUTO)
    require_policy(kind, Policy.DOUBLE)
    require_policy(FieldType.POSTAL, Policy.AUTO)
