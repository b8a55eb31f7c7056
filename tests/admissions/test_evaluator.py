"""The points under the published criteria of real municipalities, counted by both programs."""

from fractions import Fraction
from typing import Any

import pytest

from todoke.admissions.points.evaluator import UNKNOWN, family_points
from todoke.admissions.points.plain_evaluator import recount
from todoke.admissions.points.real_tables import table
from todoke.admissions.points.rule_document import FamilyFacts
from todoke.admissions.points.rule_reader import read_rules

pytestmark = pytest.mark.sqlite
Facts = dict[str, str]


def counted(name: str, *guardians: Facts, month: int = 4, home: Facts | None = None, **children: Facts) -> Any:
    """The points of each child, after both programs came to the same number."""
    kids = children or {"c": {}}
    document = table(name)
    found = family_points(read_rules(document), FamilyFacts(guardians, home or {}, kids), month=month)
    again = recount(document, list(guardians), home or {}, kids)
    for key, points in found.items():
        assert again[key][0] == Fraction(points.numerator, points.denominator)
    return found if children else found["c"]


SHINAGAWA = [
    ("employed", 20, 8, 20), ("employed", 20, 7, 19), ("employed", 18, 8, 19), ("employed", 20, 6, 18),
    ("employed", 18, 7, 18), ("employed", 16, 8, 18), ("employed", 16, 6, 16), ("employed", 12, 8, 16),
    ("employed", 20, 4, 14), ("employed", 16, 5, 14), ("employed", 16, 4, 12), ("employed", 14, 5, 12),
    ("employed", 12, 6, 12), ("employed", 12, 4, 10), ("employed", 10, 3, 8),
    ("piecework", 16, 5, 12), ("piecework", 12, 4, 10), ("piecework", 6, 2, 8),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "days", "hours", "points"), SHINAGAWA)
def test_each_of_the_eighteen_rows_of_shinagawa_gives_what_is_published(
    kind: str, days: int, hours: int, points: int
) -> None:
    person = {"work_kind": kind, "work_days": str(days), "work_minutes": str(60 * hours), "month_income": "24999"}
    if (kind, hours) == ("piecework", 5):
        person["month_income"] = "25000"
    if (days, hours) == (10, 3):
        person["work_otherwise"] = "yes"
    assert counted("shinagawa_2017", person, {}).total == points


@pytest.mark.parametrize(
    ("days", "hours", "points"), [(5, 35, 90), (5, 30, 80), (4, 27, 70), (4, 22, 60), (3, 16, 50), (3, 12, 40)]
)
def test_the_weeks_of_kunitachi_give_ninety_to_forty_and_helpers_six_fewer(days: int, hours: int, points: int) -> None:
    week = {"week_days": str(days), "week_minutes": str(60 * hours)}
    assert counted("kunitachi_2017", week | {"work_kind": "employed"}, {}).total == points
    assert counted("kunitachi_2017", week | {"work_kind": "helper"}, {}).total == points - 6


def test_the_example_that_musashimurayama_publishes_gives_107() -> None:
    full = {"week_days": "5", "work_minutes": "480"}
    child = {"sibling_first_choice": "yes"}
    found = counted("musashimurayama_2022", full, full, home={"parental_leave": "yes"}, c=child)["c"]
    assert (found.total, [line.points for line in found.lines]) == (107, [50, 50, 5, 2])


def test_musashimurayama_takes_the_tax_of_the_year_that_applies_in_the_month() -> None:
    taxes = {"tax_last_year": "90000", "tax_this_year": "120000"}
    assert [counted("musashimurayama_2022", {}, home=taxes, month=month).ties for month in (4, 8, 9, 3)] == [
        (90000,), (90000,), (120000,), (120000,)
    ]  # fmt: skip
    assert counted("musashimurayama_2022", {}).ties == (UNKNOWN,)


def test_siblings_of_musashimurayama_share_the_exact_mean_that_is_never_rounded() -> None:
    full = {"week_days": "5", "work_minutes": "480"}
    kids: dict[str, Any] = {"a": {"sibling_first_choice": "yes"}, "b": {}, "c": {}}
    found = counted("musashimurayama_2022", full, full, **kids)
    assert {key: (each.total, each.numerator, each.denominator) for key, each in found.items()} == {
        "a": (102, 302, 3), "b": (100, 302, 3), "c": (100, 302, 3)
    }  # fmt: skip


@pytest.mark.parametrize("city", ["nagoya_2026", "yokohama_2022"])
def test_nagoya_and_yokohama_take_the_lower_rank_of_two_guardians(city: str) -> None:
    found = counted(city, {"rank": "B"}, {"rank": "D"})
    assert found.rank == "D"
    assert found.total == counted(city, {"rank": "D"}, {"rank": "D"}).total
    assert found.total < counted(city, {"rank": "C"}, {"rank": "C"}).total


def test_whoever_may_prolong_the_leave_in_nagoya_ranks_last_whatever_the_work() -> None:
    assert counted("nagoya_2026", {"rank": "A"}, {"rank": "A"}, home={"leave_extension": "yes"}).rank == "I"


def test_yokohama_breaks_ties_by_need_then_by_children_then_by_income() -> None:
    home = {"children_below_13": "3", "income": "5000000"}
    assert counted("yokohama_2022", {"rank": "A", "need": "work"}, home=home).ties == (2, -3, 5_000_000)


def test_the_clubs_of_akishima_take_the_lower_of_two_guardians() -> None:
    def works(days: int, hours: int) -> Facts:
        return {"work_days": str(days), "work_minutes": str(60 * hours)}

    assert counted("akishima_clubs_2025", works(20, 8), works(16, 5)).total == 16
    assert counted("akishima_clubs_2025", works(20, 8)).total == 20


def test_the_highest_of_the_rows_of_nichinan_counts_for_each_guardian() -> None:
    found = counted("nichinan_2022", {"situation": "outpatient,abuse"}, {"week_minutes": "1200"})
    assert [line.points for line in found.lines] == [30, 8]


def test_a_line_says_on_which_answers_it_rests() -> None:
    found = counted("kunitachi_2017", {"work_kind": "employed", "week_days": "5", "week_minutes": "2100"})
    assert found.lines[0].rests_on == (("work_kind", "employed"), ("week_days", "5"), ("week_minutes", "2100"))
    assert found.total == 180
