"""What Nakano city ward and Kure city published; the figures are facts, quoted with their source."""

from decimal import Decimal

import pytest

from tests.cast.published_rates import KURE, NAKANO
from todoke.insights.percentages import percent


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
