"""Calendar 暦: business dates, office days, fiscal years and eras of Japan; instants are stored in UTC."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import jpholiday
from django.utils import timezone

JAPAN = ZoneInfo("Asia/Tokyo")
_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),
)
_WEEKDAYS = "月火水木金土日"


def today() -> date:
    """Return the business date 業務日 in Japan."""
    return timezone.localdate(timezone=JAPAN)


def business_date(instant: datetime) -> date:
    """Return the date in Japan on which an instant falls."""
    return instant.astimezone(JAPAN).date()


def start_of_day(day: date) -> datetime:
    """Return the instant at which a business date begins."""
    return datetime.combine(day, time(), JAPAN)


def fiscal_year(day: date) -> int:
    """Return the fiscal year 年度, which begins on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


@lru_cache(maxsize=4096)
def is_office_day(day: date) -> bool:
    """Tell whether the office is open 開庁日: not a weekend, a national holiday, or 29 December to 3 January."""
    if day.weekday() >= 5 or (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}:
        return False
    return not jpholiday.is_holiday(day)


def era_year(day: date) -> tuple[str, int]:
    """Return the era 元号 and the year in it. Raises ValueError before 1 January 1873 (Meiji 6, Gregorian calendar)."""
    for start, name in _ERAS:
        if day >= start:
            first = 1868 if name == "明治" else start.year
            return name, day.year - first + 1
    raise ValueError("1873年1月1日より前の日付は和暦に変換できません。")


def format_era_date(day: date, *, weekday: bool = False) -> str:
    """Return a date as 令和8年11月22日(日); the first year of an era is 元年. Raises ValueError before 1873."""
    name, year = era_year(day)
    written = f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{written}({_WEEKDAYS[day.weekday()]})" if weekday else written


def format_date(day: date) -> str:
    """Return a date as 2026年11月22日(日)."""
    return f"{day.year}年{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"
