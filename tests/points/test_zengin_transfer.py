"""The bank's file has records of 120 bytes, whose sum is the sum of the payments to the yen."""

from datetime import date

import pytest

from todoke.points.zengin_transfer import Payer, Transfer, half_width, transfer_file
from todoke.runtime.refusals import Refused

PAYER = Payer("1234567890", "ミライク カイケイカンリシャ", "0001", "001", "1", "7654321")


def to(yen: int, name: str = "ヤオヤ") -> Transfer:
    return Transfer("0005", "012", "2", "1234567", name, yen, "M000001")


@pytest.mark.parametrize(
    ("name", "half"), [("ガーデン ショップ", "ｶﾞ-ﾃﾞﾝ ｼﾖﾂﾌﾟ"), ("ぱん屋"[:2], "ﾊﾟﾝ"), ("abc(カ)", "ABC(ｶ)"), ("ﾐｾ", "ﾐｾ")]
)
def test_a_name_is_written_in_the_letters_that_banks_take(name: str, half: str) -> None:
    assert half_width(name) == half


def test_a_name_in_kanji_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="カナと英数字"):
        transfer_file(PAYER, date(2026, 12, 10), [to(1, "八百屋")])


def test_the_file_has_a_head_a_record_each_a_sum_and_an_end() -> None:
    content = transfer_file(PAYER, date(2026, 12, 10), [to(8500), to(150)])
    records = content.split(b"\r\n")[:-1]
    assert [len(each) for each in records] == [120] * 5
    assert b"".join(each[:1] for each in records) == b"12289"
    assert records[0][:14] == b"12101234567890"
    assert records[0][54:58] == b"1210"
    assert records[1][42:50] == b"21234567"
    assert records[1][80:91] == b"00000085000"
    assert records[3][1:19] == b"000002000000008650"


def test_nothing_to_pay_and_no_yen_are_refused() -> None:
    for transfers in ([], [to(0)], [to(10**10)]):
        with pytest.raises(Refused):
            transfer_file(PAYER, date(2026, 12, 10), transfers)
