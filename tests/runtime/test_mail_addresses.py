"""One definition of a mail address: what a page lets through, mail can carry."""

import pytest
from django.core.mail import EmailMessage

from todoke.runtime.mail_addresses import has_misplaced_dot, is_mail_address, mail_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("taro@example.jp　", "taro@example.jp"),
        (" o'brien@example.ie\u200b", "o'brien@example.ie"),
        ("taro+ku@sub.example.co.jp", "taro+ku@sub.example.co.jp"),
    ],
)
def test_an_address_is_folded_and_can_be_sent(typed: str, kept: str) -> None:
    assert is_mail_address(typed)
    assert mail_address(typed) == kept
    assert EmailMessage("件名", "本文", "ku@example.lg.jp", [kept]).message()


@pytest.mark.parametrize(
    "typed",
    [
        "taro..test.@docomo.example.jp",
        "taro.@docomo.example.jp",
        ".taro@docomo.example.jp",
        "たろう@example.jp",
        "taro@-example.jp",
        "taro",
        "",
        "a b@example.jp",
        f"{'a' * 65}@{'b' * 180}.{'c' * 60}.jp",
        "taro@example.jp\r\nBcc: all@example.jp",
    ],
)
def test_an_address_that_mail_cannot_carry_is_refused(typed: str) -> None:
    assert not is_mail_address(typed)


def test_the_dots_of_some_telephone_companies_are_known() -> None:
    assert has_misplaced_dot("taro..test.@docomo.example.jp")
    assert has_misplaced_dot("taro.@docomo.example.jp")
    assert not has_misplaced_dot("ta.ro@docomo.example.jp")
    assert not has_misplaced_dot("taro")
