"""An office calls what it decides by what was applied for."""

import pytest

from todoke.cases.decision.decision_words import decided_noun, verb_of


@pytest.mark.parametrize(
    ("titles", "verb"),
    [
        (("住民票の写し 交付決定通知書", "本人等による住民票の写し等の交付請求"), "交付"),
        (("決定通知書", "道路の占用の許可の申請"), "許可"),
        (("決定通知書", "児童手当の認定の請求"), "認定"),
        (("決定通知書", "犬の登録の申請"), "登録"),
        (("決定通知書", "犬の登録事項の変更の届出"), "認容"),
        (("決定通知書", "意見書の提出"), "認容"),
    ],
)
def test_what_is_granted_has_the_word_of_its_kind(titles: tuple[str, ...], verb: str) -> None:
    assert verb_of(*titles) == verb


def test_the_letter_says_what_was_decided_in_the_same_word() -> None:
    titles = ("交付決定通知書", "住民票の写しの交付請求")
    assert [decided_noun(outcome, *titles) for outcome in ("granted", "partly", "refused")] == [
        "交付", "一部交付", "却下",
    ]  # fmt: skip
