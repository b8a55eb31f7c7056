"""What the figures of a measure say, and what they do not."""

import csv
import lzma
from functools import cache

import pytest

from todoke.insights.evidence.estimators import (
    NotComparable,
    Window,
    before_after,
    difference_in_differences,
    in_words,
    share_difference,
)
from todoke.insights.evidence.quantiles import t_quantile
from todoke.plans.card_series import SHIPPED

WAKO = ["和光市"]


@cache
def saitama() -> list[dict[str, str]]:
    with lzma.open(SHIPPED, "rt", encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if row["都道府県名"] == "埼玉県"]


def cards_on(day: str) -> tuple[dict[str, float], str]:
    rows = [row for row in saitama() if row["交付件数基準日"] == day]
    shares = {row["市区町村名"]: 100 * int(row["交付枚数"]) / int(row["総数（人口）"]) for row in rows}
    return shares, rows[0]["人口算出基準日"]


def window(before: str, after: str) -> Window:
    (first, base), (second, later_base) = cards_on(before), cards_on(after)
    return Window(first, second, base, later_base)


def test_the_card_promotion_of_wako_shows_no_effect() -> None:
    earlier = [window("2020/12/01", "2021/02/01"), window("2020/10/01", "2020/12/01")]
    found = difference_in_differences(window("2021/02/01", "2021/04/01"), WAKO, earlier)
    assert (round(found.difference, 3), round(found.half_width, 3)) == (1.239, 1.469)
    assert (found.rank, found.units) == (7, 63)
    assert [round(one, 3) for one in found.earlier] == [0.502, 0.974]
    assert not found.shown
    assert in_words(found, treated="和光市", others="他の62市町村", unit="ポイント") == (
        "和光市の変化は他の62市町村より1.24ポイント大きいです。このくらいの差は偶然でも63のうち7で起き、"
        "取組の前から差があり、効果があったとは言えません。"
        "比べた相手が、取組がなければ同じように動いたとは限りません。"
    )


def test_windows_with_populations_of_different_days_are_refused() -> None:
    with pytest.raises(NotComparable, match="分母の基準日"):
        difference_in_differences(window("2021/07/01", "2021/08/01"), WAKO)


def test_before_and_after_is_students_interval_of_the_changes() -> None:
    found = before_after(Window({"a": 1, "b": 2, "c": 4}, {"a": 2, "b": 4, "c": 7}))
    assert (found.difference, round(found.half_width, 4)) == (2, 2.4841)


def test_five_treated_units_are_compared_by_welch() -> None:
    before = {f"u{at}": 0.0 for at in range(10)}
    after = {f"u{at}": float(at) for at in range(10)}
    found = difference_in_differences(Window(before, after), [f"u{at}" for at in range(5, 10)])
    assert (found.difference, found.rank, found.shown) == (5, None, True)
    assert round(found.half_width, 4) == 2.306


def test_two_shares_have_newcombes_interval() -> None:
    found = share_difference((56, 70), (48, 80))
    assert [round(value, 2) for value in (found.difference, found.low, found.high)] == [20, 5.24, 33.39]


def test_nothing_is_said_of_nobody() -> None:
    with pytest.raises(NotComparable):
        share_difference((0, 0), (1, 2))


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (61, 1.9996)]
)
def test_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert round(t_quantile(0.975, freedom), 4) == quantile
