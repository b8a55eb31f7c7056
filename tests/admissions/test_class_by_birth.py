"""The class of a child by its day of birth."""

from datetime import date

import pytest

from todoke.admissions.intake.class_by_birth import class_by_birth

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("born", "month", "number"),
    [
        (date(2025, 4, 2), date(2026, 4, 1), 0),
        (date(2025, 4, 1), date(2026, 4, 1), 1),
        (date(2024, 4, 2), date(2027, 3, 1), 1),
        (date(2020, 4, 2), date(2026, 4, 1), 5),
    ],
)
def test_a_class_is_the_age_on_the_first_of_april_of_the_fiscal_year(born: date, month: date, number: int) -> None:
    assert class_by_birth(born, month, "nursery") == number


def test_who_was_born_on_the_first_of_april_is_in_the_school_year_above() -> None:
    april = date(2026, 4, 1)
    assert (class_by_birth(date(2019, 4, 1), april, "club"), class_by_birth(date(2019, 4, 2), april, "club")) == (2, 1)
