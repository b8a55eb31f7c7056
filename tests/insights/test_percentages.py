"""What Nakano city ward and Kure city published; the figures are facts, quoted with their source."""

from decimal import Decimal

import pytest

from todoke.insights.percentages import percent

NAKANO = [  # 中野区「電子申請等の状況」: 年度, 全受付件数, 電子受付件数, 率, 手続数, スマホ対応手続数, 率
    (2023, 2_698_126, 1_996_805, "74.01", 555, 530, "95.50"),
    (2022, 2_441_639, 1_793_615, "73.46", 423, 362, "85.58"),
    (2021, 2_455_673, 1_706_697, "69.50", 349, 294, "84.24"),
    (2020, 2_467_338, 1_461_063, "59.22", 320, 240, "75.00"),
]
KURE = [  # 呉市「行政手続のオンライン化の状況」令和4年度: 総件数, うちオンライン, 割合
    (196759, 152983, "77.8"), (17578, 3793, "21.6"), (175, 0, "0"), (132564, 81635, "61.6"), (29926, 1716, "5.7"),
    (1414, 1056, "74.7"), (316, 316, "100.0"), (2261, 29, "1.3"), (119, 48, "40.3"), (815, 426, "52.3"),
    (466, 306, "65.7"), (0, 0, "0.0"), (268, 0, "0"), (9, 0, "0"), (0, 0, "0.0"), (0, 0, "0.0"), (13, 0, "0"),
]  # fmt: skip


@pytest.mark.parametrize(("year", "total", "online", "volume", "procedures", "phone", "usable"), NAKANO)
def test_our_arithmetic_is_that_of_nakano(
    year: int, total: int, online: int, volume: str, procedures: int, phone: int, usable: str
) -> None:
    assert percent(online, total, 2) == Decimal(volume), year
    assert percent(phone, procedures, 2) == Decimal(usable), year


@pytest.mark.parametrize(("total", "online", "printed"), KURE)
def test_our_arithmetic_is_that_of_kure_except_that_nothing_has_no_share(total: int, online: int, printed: str) -> None:
    assert percent(online, total) == (Decimal(printed) if total else None)


def test_a_half_is_rounded_up_as_offices_do() -> None:
    assert percent(1, 16) == Decimal("6.3")
    assert percent(5, 10_000) == Decimal("0.1")
