"""A cap of a week, people in the office, newcomers, and days of a person in sections that are large enough to show."""

from datetime import date

import pytest

from todoke.workforce.telework_fairness import (
    SectionUse,
    TeleworkTerms,
    cap_refusal,
    merged_small,
    newcomer_refusal,
    on_site_refusal,
)

TWO = TeleworkTerms(weekly_halves=4, on_site=2, newcomer_months=3)
MONDAY, WEDNESDAY, FRIDAY, NEXT = date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 6), date(2026, 11, 9)


def test_a_third_day_in_a_week_is_refused_with_the_reason() -> None:
    taken = {MONDAY: 2, WEDNESDAY: 2}
    assert cap_refusal(TWO, taken, FRIDAY, 2) == (
        "1週間に2日までの定めです。この週は、もう11月2日、11月4日に予定があります。"
    )
    assert cap_refusal(TWO, taken, NEXT, 2) == ""


def test_half_days_count_half_and_a_day_may_be_changed() -> None:
    assert cap_refusal(TWO, {MONDAY: 2, WEDNESDAY: 1}, FRIDAY, 1) == ""
    assert cap_refusal(TWO, {MONDAY: 2, WEDNESDAY: 1}, FRIDAY, 2) != ""
    assert cap_refusal(TWO, {MONDAY: 2, WEDNESDAY: 2}, WEDNESDAY, 2) == ""


@pytest.mark.parametrize(("away", "fits"), [(0, True), (1, True), (2, False)])
def test_somebody_stays_in_the_office(away: int, fits: bool) -> None:
    assert (on_site_refusal(TWO, 4, away) == "") is fits


def test_somebody_new_in_a_post_comes_to_the_office_first() -> None:
    assert "着任から3か月" in newcomer_refusal(TWO, date(2026, 10, 1), FRIDAY)
    assert newcomer_refusal(TWO, date(2026, 8, 1), FRIDAY) == ""
    assert newcomer_refusal(TeleworkTerms(4, 2, 0), FRIDAY, FRIDAY) == ""


def test_small_sections_are_shown_together_and_never_alone() -> None:
    uses = [SectionUse("企画課", 8, 6, 12), SectionUse("税務課", 3, 1, 4), SectionUse("総務課", 6, 6, 6)]
    shown = merged_small(uses)
    assert [use.people for use in shown] == [8, 9]
    assert (shown[1].eligible, shown[1].halves) == (7, 10)
    assert merged_small([SectionUse("税務課", 3, 1, 4)])[0].section.startswith("ほかの1部署")


def test_days_a_person_divide_by_those_who_can() -> None:
    assert SectionUse("企画課", 8, 6, 12).days_per_person == 1.0
    assert SectionUse("保育課", 8, 0, 0).days_per_person == 0.0
