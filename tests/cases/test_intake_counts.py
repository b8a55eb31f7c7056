"""受付件数: figures read counts of days that are over and cases recorded since, and say the same as the cases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from tests.cast.cases import Counter, case, counter, filled
from todoke.board.rate_lists import RateList
from todoke.cases import intake
from todoke.cases.models import Case, IntakeCount
from todoke.cases.tasks import count_intake
from todoke.continuity.checks.database import intake_counts
from todoke.continuity.health_checks import CheckState
from todoke.insights import cashless, rates
from todoke.insights.own_series import OWN_SERIES
from todoke.japanese.calendar import fiscal_year, start_of_day, today
from todoke.procedures.models import Volume

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def in_may() -> date:
    """Return a day of the fiscal year before."""
    return date(fiscal_year(today()) - 1, 5, 20)


def moved(found: Case, days: int) -> None:
    """Let a case have been received and recorded so many days ago."""
    earlier = timedelta(days=days)
    Case.objects.filter(pk=found.pk).update(
        received_at=F("received_at") - earlier, recorded_at=F("recorded_at") - earlier
    )


def by_counter(desk: Counter, received_at: datetime | None = None) -> Case:
    draft = filled(desk, desk.clerk, channel="counter")
    return intake.accept(draft.submission, by=desk.clerk, received_at=received_at, reason="窓口で受け付けた書類")


def told() -> object:
    """Return what every figure says that counts cases of the year or of all times."""
    rows: Any = rates.rate_procedures("volume")
    return (
        [(rate.definition.key, rate.numerator, rate.denominator) for rate in [*rates.rates(), rates.among_online()]],
        [(rate.numerator, rate.denominator) for rate in rates.rates(today() - 2 * DAY)],
        sorted(rows.values_list("pk", "part", "whole")),
        sorted((each.channel, each.count) for each in cashless.cases_by_channel()),
        list(OWN_SERIES["channels"].rows()),
    )


def some_days(desk: Counter) -> None:
    for days in (0, 1, 1, 3, 400):
        moved(case(desk), days)
    moved(by_counter(desk), 2)
    late = by_counter(desk, start_of_day(today()) - 5 * DAY)
    moved(late, 1)


@pytest.mark.parametrize("act", [count_intake.call, IntakeCount.recount])
def test_every_figure_says_the_same_before_and_after_the_days_are_counted(act: Callable[[], None]) -> None:
    some_days(counter())
    before = told()
    act()
    assert IntakeCount.objects.count() > 0
    assert told() == before


def test_a_case_of_today_moves_a_figure_at_once_though_all_days_before_are_counted() -> None:
    desk = counter()
    moved(case(desk), 1)
    count_intake.call()
    before = rates.rate("volume").denominator
    case(desk)
    assert rates.rate("volume").denominator == before + 1


def test_a_paper_that_was_typed_in_today_counts_on_the_day_that_it_came() -> None:
    desk = counter()
    moved(case(desk), 1)
    count_intake.call()
    Case.objects.filter(pk=by_counter(desk).pk).update(received_at=start_of_day(in_may()))
    assert rates.rate("volume", in_may() - DAY).denominator == 0
    assert rates.rate("volume", in_may()).denominator == 1


def test_days_counted_twice_are_counted_once() -> None:
    some_days(counter())
    count_intake.call()
    once = list(IntakeCount.objects.values("recorded_on", "received_on", "release", "channel", "number"))
    count_intake.call()
    assert list(IntakeCount.objects.values("recorded_on", "received_on", "release", "channel", "number")) == once
    assert not IntakeCount.objects.filter(recorded_on=today())


def test_a_counted_day_inside_a_registered_period_is_left_to_the_register() -> None:
    desk, last = counter(), in_may() - DAY
    ago = (today() - in_may()).days
    moved(case(desk), ago)
    moved(case(desk), ago + 2)
    count_intake.call()
    Volume.objects.create(
        procedure=desk.release.offer.procedure, starts_on=last - DAY, ends_on=last, total=100, online=40, source="台帳"
    )
    found = rates.rate("volume", in_may())
    assert (found.numerator, found.denominator) == (41, 101)


def test_whoever_changed_the_cases_by_hand_is_told_and_counts_anew(capsys: pytest.CaptureFixture[str]) -> None:
    desk = counter()
    some_days(desk)
    count_intake.call()
    assert intake_counts().state == CheckState.OK
    moved(Case.objects.filter(recorded_at__gte=start_of_day(today())).latest("pk"), 1)
    assert intake_counts().state == CheckState.WARNING
    call_command("intake_counts")
    assert "差は 1件" in capsys.readouterr().out
    assert intake_counts().state == CheckState.OK


def test_the_rate_by_volume_costs_no_more_after_many_days(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk = counter()
    some_days(desk)
    count_intake.call()
    with django_assert_max_num_queries(5):
        list(RateList.at(desk.clerk, {"key": "volume"}).rows(""))
