from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast.cases import case, counter, filled
from tests.cast.procedures import procedure
from tests.cast.published_rates import KURE, NAKANO
from todoke.cases import intake
from todoke.insights import rates
from todoke.insights.models import RateRecord
from todoke.insights.snapshots import record_rates
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import today
from todoke.procedures.models import Code, CodedValue, Procedure, Volume, install_code_tables

pytestmark = pytest.mark.django_db


def figures() -> dict[str, tuple[int, int]]:
    return {rate.definition.key: (rate.numerator, rate.denominator) for rate in rates.rates()}


def parts(key: str) -> list[tuple[int, int]]:
    rows: Any = rates.rate_procedures(key)
    return list(rows.values_list("part", "whole"))


def volume(of: Procedure, total: int | None, online: int | None, starts: date | None = None, days: int = 1) -> Volume:
    starts = starts or fiscal_year_start(today())
    return Volume.objects.create(
        procedure=of,
        starts_on=starts,
        ends_on=starts + timedelta(days=days - 1),
        total=total,
        online=online,
        source="台帳",
    )


def test_one_more_service_moves_the_rates_by_exactly_one_procedure() -> None:
    procedure()
    procedure(online_status="3")
    before = figures()
    counter()
    after = figures()
    assert before == {"procedures": (0, 2), "possible": (0, 1), "volume": (0, 0), "phone": (0, 0), "residents": (0, 2)}
    assert after == {"procedures": (1, 3), "possible": (1, 2), "volume": (0, 0), "phone": (1, 1), "residents": (1, 3)}


def test_one_more_application_moves_the_rate_by_volume_by_exactly_one() -> None:
    desk = counter()
    case(desk)
    assert figures()["volume"] == (1, 1)
    intake.accept(filled(desk, desk.clerk, channel="counter").submission, by=desk.clerk)
    assert figures()["volume"] == (1, 2)
    assert parts("volume") == [(1, 2)]


def test_a_registered_period_is_not_counted_a_second_time() -> None:
    desk = counter()
    case(desk)
    volume(desk.release.offer.procedure, 100, 40, days=(today() - fiscal_year_start(today())).days + 1)
    assert figures()["volume"] == (40, 100)


def test_an_unknown_count_is_left_out_and_not_taken_for_zero() -> None:
    volume(procedure(), 100, None)
    volume(procedure(), None, None)
    volume(procedure(), 50, 10)
    assert figures()["volume"] == (10, 50)


def test_last_year_and_the_abolished_do_not_count() -> None:
    volume(procedure(), 100, 100, date(2020, 4, 1), 365)
    volume(procedure(abolished_on=today()), 100, 100)
    procedure(online_since=today() + timedelta(days=1))
    assert figures() == {
        "procedures": (0, 2),
        "possible": (0, 2),
        "volume": (0, 0),
        "phone": (0, 0),
        "residents": (0, 2),
    }


def test_what_is_unfit_by_nature_is_not_asked_to_go_online() -> None:
    install_code_tables()
    unfit = procedure()
    CodedValue.objects.create(procedure=unfit, code=Code.objects.get(table="concern", key="5"))
    procedure(online_since=date(2026, 4, 1))
    assert figures()["possible"] == (1, 1)


def test_a_service_elsewhere_is_usable_on_a_phone_when_somebody_checked() -> None:
    procedure(online_since=date(2026, 4, 1))
    procedure(online_since=date(2026, 4, 1), phone_checked_on=date(2026, 5, 1))
    assert figures()["phone"] == (1, 2)


def test_the_rows_behind_each_rate_add_up_to_it() -> None:
    case(counter())
    procedure(online_since=date(2026, 4, 1))
    volume(procedure(online_status="3"), 30, 3)
    for rate in rates.rates():
        rows = parts(rate.definition.key)
        assert (sum(part for part, _ in rows), sum(whole for _, whole in rows)) == (rate.numerator, rate.denominator)


def test_nakano_comes_out_of_our_tables() -> None:
    _, total, online, _, procedures, phone, _ = NAKANO[0]
    Procedure.objects.bulk_create(
        Procedure(number=f"P-{n:06}", serial=n, title="手続", online_since=date(2023, 4, 1),
                  phone_checked_on=date(2023, 4, 1) if n <= phone else None)
        for n in range(1, procedures + 1)
    )  # fmt: skip
    volume(Procedure.objects.get(serial=1), total, online)
    assert str(rates.among_online().percent) == "74.01"
    assert (rates.among_online().numerator, rates.among_online().denominator) == (online, total)
    assert str(rates.rates()[3].percent) == "95.50"


def test_kure_comes_out_of_our_tables_row_by_row() -> None:
    for total, online, _ in KURE:
        volume(procedure(), total, online)
    assert sorted(parts("volume")) == sorted((online, total) for total, online, _ in KURE)


def test_a_days_rates_are_kept_once() -> None:
    counter()
    record_rates(today())
    record_rates(today())
    assert RateRecord.objects.count() == len(rates.DEFINITIONS)
    with pytest.raises(IntegrityError), transaction.atomic():
        RateRecord.objects.create(key="x", on=today(), numerator=2, denominator=1)


def test_what_authorities_file_with_each_other_is_not_what_residents_and_firms_file() -> None:
    for actor in ("1", "4-4", "5", "6", "7", ""):
        procedure(actor=actor)
    assert figures()["procedures"] == (0, 6)
    assert figures()["residents"] == (0, 4)
