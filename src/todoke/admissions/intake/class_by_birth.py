"""Class by birth 生年月日によるクラス: the class or school year of a child in the fiscal year of a month of entry."""

from datetime import date

from todoke.admissions.models import Scheme
from todoke.japanese.calendar import fiscal_year

FIRST_YEAR = 6
"""The age on 1 April at which a child is in the first school year."""


def age_on_first_of_april(born_on: date, year: int) -> int:
    """Return the age on 1 April of a year; by law a year is complete on the day before the birthday."""
    return year - born_on.year - ((born_on.month, born_on.day) > (4, 1))


def class_by_birth(born_on: date, month: date, kind: str) -> int:
    """Return the class 歳児 of a nursery or the school year 年生 of a club; it may lie outside those of the scheme."""
    age = age_on_first_of_april(born_on, fiscal_year(month))
    return age if kind == Scheme.Kind.NURSERY else age - FIRST_YEAR + 1
