"""Seven published rule sets as data, and the border dates at which each decides otherwise."""

from datetime import date
from typing import Any

import pytest

from tests.cast.use_rules import SETS
from todoke.audit.log import state_hash
from todoke.bookings.terms_document import InvalidTerms, frozen_terms, read_terms, sentences
from todoke.bookings.use_terms import Distance, penalty_span
from todoke.runtime.refusals import Refused

USE = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("name", "kind", "use_on", "cancelled_on", "percent"),
    [
        ("草加", "ホール", USE, date(2026, 10, 11), 75),
        ("草加", "ホール", USE, date(2026, 10, 12), 50),
        ("草加", "ホール", USE, date(2026, 11, 26), 50),
        ("草加", "ホール", USE, date(2026, 11, 27), 0),
        ("草加", "会議室", USE, date(2026, 12, 2), 100),
        ("草加", "会議室", USE, date(2026, 12, 3), 0),
        ("越谷", "大ホール", USE, date(2026, 7, 10), 100),
        ("越谷", "大ホール", USE, date(2026, 7, 11), 50),
        ("越谷", "大ホール", USE, date(2026, 10, 10), 50),
        ("越谷", "大ホール", USE, date(2026, 10, 11), 0),
        ("越谷", "展示室", date(2027, 3, 31), date(2027, 2, 28), 50),
        ("越谷", "展示室", date(2027, 3, 31), date(2027, 3, 1), 0),
        ("越谷", "公民館", USE, date(2026, 11, 20), 100),
        ("越谷", "公民館", USE, date(2026, 11, 21), 50),
        ("越谷", "公民館", USE, date(2026, 12, 9), 50),
        ("越谷", "公民館", USE, USE, 0),
        ("練馬", "研修室", USE, date(2026, 12, 3), 100),
        ("練馬", "研修室", USE, date(2026, 12, 4), 0),
        ("練馬", "ホール", USE, date(2026, 6, 13), 80),
        ("練馬", "ホール", USE, date(2026, 6, 14), 50),
        ("練馬", "ホール", USE, date(2026, 10, 12), 0),
    ],
)
def test_a_cancellation_gives_back_what_the_day_says(
    name: str, kind: str, use_on: date, cancelled_on: date, percent: int
) -> None:
    assert read_terms(SETS[name]).refund_percent(kind, use_on, cancelled_on) == percent


@pytest.mark.parametrize(
    ("name", "kind", "use_on", "on", "open_"),
    [
        ("高山", "ホール", USE, date(2025, 12, 9), False),
        ("高山", "ホール", USE, date(2025, 12, 10), True),
        ("高山", "ホール", USE, date(2026, 11, 25), True),
        ("高山", "ホール", USE, date(2026, 11, 26), False),
        ("高山", "会議室", USE, date(2026, 10, 31), False),
        ("高山", "会議室", USE, date(2026, 11, 1), True),
        ("高山", "会議室", USE, USE, True),
    ],
)
def test_a_booking_opens_and_closes_on_the_day(name: str, kind: str, use_on: date, on: date, open_: bool) -> None:
    assert read_terms(SETS[name]).is_open(kind, use_on, on) is open_


@pytest.mark.parametrize(
    ("name", "booked_on", "due_on"),
    [
        ("大東", date(2026, 10, 14), date(2026, 10, 14)),
        ("大東", date(2026, 10, 15), date(2026, 11, 14)),
        ("大東", date(2026, 12, 1), USE),
        ("高山", date(2026, 11, 5), date(2026, 11, 5)),
        ("中央", date(2026, 11, 5), USE),
    ],
)
def test_payment_falls_due_on_the_day(name: str, booked_on: date, due_on: date) -> None:
    assert read_terms(SETS[name]).payment_due("集会室", booked_on, USE) == due_on


@pytest.mark.parametrize(
    ("name", "ground", "happened_on", "span"),
    [
        ("中央", "absent", USE, (date(2027, 1, 1), date(2027, 3, 31))),
        ("中央", "absent", date(2026, 12, 31), (date(2027, 1, 1), date(2027, 3, 31))),
        ("中央", "absent", date(2027, 1, 1), (date(2027, 2, 1), date(2027, 4, 30))),
        ("渋谷", "late", date(2026, 12, 2), None),
        ("渋谷", "late", date(2026, 12, 3), (date(2026, 12, 4), date(2027, 1, 2))),
        ("練馬", "late", date(2026, 12, 3), None),
        ("練馬", "late", date(2026, 12, 4), (date(2027, 1, 1), date(2027, 1, 31))),
    ],
)
def test_a_limit_of_use_begins_and_ends_on_the_day(
    name: str, ground: str, happened_on: date, span: tuple[date, date] | None
) -> None:
    row = read_terms(SETS[name]).penalty_for(ground, USE, happened_on)
    assert (penalty_span(row, happened_on) if row else None) == span


def test_a_limited_registrant_of_chuo_pays_within_seven_days() -> None:
    terms = read_terms(SETS["中央"])
    days = terms.penalties[0].payment_days
    assert terms.payment_due("", date(2026, 11, 5), USE, limited=days) == date(2026, 11, 12)


def test_every_rule_set_reads_as_sentences() -> None:
    said = {name: list(sentences(read_terms(document))) for name, document in SETS.items()}
    assert "ホールを利用日の60日前までに取り消すと、使用料の75%をお返しします。" in said["草加"]
    assert "ホールは、利用日の12か月前から15日前まで申し込めます。" in said["高山"]
    assert any("翌月から3か月" in line and "7日以内" in line for line in said["中央"])
    assert min(map(len, said.values())) >= 1


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"basis": ""}, "根拠"),
        ({"refunds": [{"kind": "", "until": "そのうち", "percent": 50}]}, "還付の割合の1行目"),
        ({"refunds": [{"kind": "", "until": "7日前", "percent": 120}]}, "還付の割合の1行目"),
        ({"fees": [{"kind": "", "frame": "午前", "yen": -1}]}, "使用料の1行目"),
        ({"payments": [{"kind": "", "day_of_month": 32}]}, "納期限の1行目"),
        ({"penalties": [{"ground": "late", "reach": "online"}]}, "利用の制限の1行目"),
        ({"penalties": [{"ground": "rain", "reach": "online", "days": 3}]}, "利用の制限の1行目"),
    ],
)
def test_a_fault_is_named_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidTerms, match=place):
        read_terms({**SETS["草加"], **change})


@pytest.mark.parametrize("text", ["60日前", "1か月前の1日", "前日", "当日", "2か月前"])
def test_a_distance_reads_as_it_is_written(text: str) -> None:
    assert str(Distance.read(text)) == text


def test_a_distance_that_means_nothing_is_refused() -> None:
    with pytest.raises(Refused):
        Distance.read("7日前の1日")


def test_fees_are_cut_to_ten_yen_and_residents_may_pay_less() -> None:
    fees = [
        {"kind": "", "frame": "午前", "yen": 1250, "origin": "resident"},
        {"kind": "", "frame": "午前", "yen": 2000},
    ]
    terms = read_terms({**SETS["草加"], "fees": fees})
    assert (terms.fee("", "午前", "resident"), terms.fee("", "午前", "outside")) == (1250, 2000)
    assert (terms.fee("", "午前", "resident", 50), terms.fee("", "夜間", "resident")) == (620, None)


def test_a_published_document_is_read_once_and_an_altered_one_always() -> None:
    document = {"basis": "条例", "most_a_day": 2}
    known = state_hash(document)
    assert frozen_terms(known, document) is frozen_terms(known, document)
    altered = {**document, "most_a_day": 3}
    assert frozen_terms("of another", altered) is not frozen_terms("of another", altered)
    assert frozen_terms("of another", altered).most_a_day == 3
