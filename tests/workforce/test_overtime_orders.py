"""A limit stops an order, never a record; beyond it the director orders for declared work only."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import workforce as of_work
from tests.cast.races import together
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.workforce.attendance_record import person_months
from todoke.workforce.models import MonthSheet, OvertimeOrder, OvertimePremiumRule, SpecialWork
from todoke.workforce.overtime_limits import month_before
from todoke.workforce.overtime_orders import give_order, uses_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> of_work.Section:
    found = of_work.section()
    of_work.rules(found.personnel)
    return found


def history(here: of_work.Section, *hours: int) -> None:
    """Approved months that end before the last one, with so many hours of overtime."""
    for back, each in enumerate(reversed(hours), 1):
        MonthSheet.objects.create(
            user=here.clerk, department=here.department, month=month_before(of_work.last_month(), back),
            status="approved", approved_by=here.chief, overtime_minutes=each * 60, overtime_with_holidays=each * 60,
        )  # fmt: skip


def evenings(here: of_work.Section, count: int) -> list[OvertimeOrder]:
    """Evenings from 17:15 to 22:15 that were worked, ordered as far as the limits bear."""
    days = of_work.office_days(of_work.last_month())[:count]
    for day in days:
        of_work.worked(here.clerk, day, (8, 30), (22, 15))
    return [of_work.ordered(here.clerk, day, (17, 15), (22, 15)) for day in days]


def test_the_chief_orders_up_to_the_limit_and_not_beyond_and_the_record_stays(here: of_work.Section) -> None:
    orders = evenings(here, 10)
    for order in orders[:9]:
        give_order(order, by=here.chief)
    with pytest.raises(Refused, match="45時間以下"):
        give_order(orders[9], by=here.chief)
    sheet = MonthSheet.objects.get(user=here.clerk)
    [month] = person_months([sheet])
    assert month.minutes(with_holidays=False) == 45 * 60
    assert month.result.days[orders[9].on.day - 1].gap == 300
    assert any(use.is_near for use in uses_now(sheet))


def test_beyond_the_ordinary_limit_the_director_orders_for_declared_work(here: of_work.Section) -> None:
    month = of_work.last_month()
    work = SpecialWork.declare(
        by=here.personnel, title="災害の窓口", department=here.department, starts_on=month,
        ends_on=month + timedelta(days=40), source="規則(例)", review_due=month + timedelta(days=200),
    )  # fmt: skip
    orders = evenings(here, 10)
    for order in orders[:9]:
        give_order(order, by=here.chief)
    OvertimeOrder.objects.filter(pk=orders[9].pk).update(special_work=work)
    special = OvertimeOrder.objects.get(pk=orders[9].pk)
    with pytest.raises(NotAllowed, match="部長"):
        give_order(special, by=here.chief)
    give_order(special, by=here.director)
    assert special.status == "ordered"


def test_a_mean_of_three_months_beyond_eighty_hours_stops_every_order(here: of_work.Section) -> None:
    history(here, 95, 75)
    [order] = evenings(here, 1)
    give_order(order, by=here.chief)
    MonthSheet.objects.filter(month=month_before(of_work.last_month())).update(overtime_with_holidays=156 * 60)
    again = of_work.ordered(here.clerk, of_work.office_days(of_work.last_month())[1], (17, 15), (19, 0))
    with pytest.raises(Refused, match="平均"):
        give_order(again, by=here.director)


def test_nobody_orders_for_themselves_and_another_section_does_not_either(here: of_work.Section) -> None:
    day = of_work.office_days(of_work.last_month())[0]
    mine = of_work.ordered(here.chief, day, (17, 15), (18, 0))
    with pytest.raises(NotAllowed):
        give_order(mine, by=here.chief)
    give_order(mine, by=here.director)
    other = cast.staff("別 課長", "other@example.lg.jp", "chief", cast.department("税務課", "2020"))
    with pytest.raises(NotAllowed):
        give_order(of_work.ordered(here.clerk, day, (17, 15), (18, 0)), by=other)


def test_an_order_asked_for_afterwards_says_why(here: of_work.Section) -> None:
    day = of_work.office_days(of_work.last_month())[0]
    with pytest.raises(Refused, match="事後"):
        OvertimeOrder.request(here.clerk, of_work.at(day, 18), of_work.at(day, 19), "窓口", by=here.clerk)
    with pytest.raises(Refused, match="24時間"):
        OvertimeOrder.request(here.clerk, of_work.at(day, 18), of_work.at(day, 18), "窓口", by=here.clerk)


def test_without_limits_nothing_is_ordered_and_the_page_to_register_them_is_named() -> None:
    bare = of_work.section()
    OvertimePremiumRule.establish(by=bare.personnel, valid_from=of_work.LONG_AGO, source="規則(例)")
    order = of_work.ordered(bare.clerk, of_work.office_days(of_work.last_month())[0], (17, 15), (18, 0))
    with pytest.raises(Refused, match="上限の定め") as refused:
        give_order(order, by=bare.chief)
    assert refused.value.link == "/office/attendance/rules/"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_chiefs_who_order_the_last_hours_at_once_stay_within_the_limit(here: of_work.Section) -> None:
    orders = evenings(here, 10)
    for order in orders[:8]:
        give_order(order, by=here.chief)
    done = together(
        lambda: give_order(orders[8], by=here.chief), lambda: give_order(orders[9], by=here.director)
    )  # fmt: skip
    assert sorted(done) == [False, True]
