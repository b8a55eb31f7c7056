"""The series of cards gives any municipality's curve with the day of its denominator."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from tests.cast import present
from todoke.plans.card_series import SHIPPED, card_need, import_series, neighbours, parse_rows, read_rows
from todoke.plans.models import CardCount
from todoke.spreadsheets.import_report import ImportReport

pytestmark = pytest.mark.django_db
TOSHIMA = "131164"


def test_toshima_on_1_april_2021_is_36_9_percent() -> None:
    import_series(only=[TOSHIMA])
    count = CardCount.objects.get(code=TOSHIMA, counted_on=date(2021, 4, 1))
    assert (count.issued, count.population, round(count.rate, 1)) == (107_127, 290_246, 36.9)
    assert count.population_on == date(2020, 1, 1)


def test_every_row_of_the_published_table_is_read() -> None:
    result = ImportReport()
    found = list(parse_rows(read_rows(SHIPPED), result))
    assert len(found) == 80_086
    assert result.unread is None


def test_taking_the_series_in_twice_adds_nothing() -> None:
    assert import_series(only=[TOSHIMA]).taken == 46
    import_series(only=[TOSHIMA])
    assert CardCount.objects.count() == 46


def test_the_monthly_need_to_reach_69_9_percent_is_counted_in_cards() -> None:
    import_series(only=[TOSHIMA])
    found = present(card_need(TOSHIMA, 69.9, date(2022, 3, 31), on=date(2021, 4, 1)))
    need = present(found.need)
    assert found.cards == 202_882
    assert need.remaining == 202_882 - 107_127
    assert round(need.months) == 12
    assert round(present(need.monthly)) == pytest.approx(7_984, abs=20)
    assert present(need.pace) < present(need.monthly)


def test_neighbours_are_compared_on_the_same_day() -> None:
    import_series(only=[TOSHIMA, "131032", "131091"])
    ranked = neighbours(date(2021, 4, 1), "東京都")
    assert [each.rate for each in ranked] == sorted((each.rate for each in ranked), reverse=True)
    assert {each.counted_on for each in ranked} == {date(2021, 4, 1)}


def test_the_command_prints_the_curve_and_the_need() -> None:
    import_series(only=[TOSHIMA])
    out = io.StringIO()
    call_command(
        "cards", "--code", TOSHIMA, "--target", "69.9", "--due", "2022-03-31", "--on", "2021-04-01", stdout=out
    )
    assert "2021-04-01 豊島区 107,127 / 290,246(人口は2020-01-01) = 36.9%" in out.getvalue()
    assert "月に" in out.getvalue()
