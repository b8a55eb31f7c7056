"""Notice period 募集期間: how its days are counted, and what a last day on which the office is closed asks for."""

from datetime import date

from django.db.models import TextChoices

from todoke.japanese.calendar import is_office_day


class CountedFrom(TextChoices):
    """数え始め: the first day that counts."""

    NOTICE = "notice", "公示の日から"
    NEXT_DAY = "next_day", "公示の翌日から"


class ClosedDayChoice(TextChoices):
    """閉庁日の扱い: until when opinions are taken where the last day is one on which the office is closed."""

    NEXT_OFFICE_DAY = "next", "次の開庁日まで受け付けます"
    SAME_DAY = "same", "その日まで受け付けます(窓口は、その前の開庁日まで)"


def days_counted(opens_on: date, closes_on: date, counted_from: str) -> int:
    """Return how many days the period has by its rule."""
    return (closes_on - opens_on).days + (1 if counted_from == CountedFrom.NOTICE else 0)


def needs_choice(closes_on: date) -> bool:
    """Tell whether the notice must say what a closed last day means."""
    return not is_office_day(closes_on)
