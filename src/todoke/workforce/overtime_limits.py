"""Overtime limits 時間外勤務の上限: tries a person's months, with the plan, on the limits of a rule; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices

NEAR = Fraction(8, 10)
MONTHS_OF_MEAN = range(2, 7)


class LimitKind(TextChoices):
    """上限の種類."""

    MONTH = "month", "1か月"
    YEAR = "year", "1年"
    MEAN = "mean", "2か月から6か月の平均"
    MONTHS_ABOVE = "months_above", "1か月の上限を超える月の数"


class LimitScope(TextChoices):
    """上限の適用."""

    ORDINARY = "ordinary", "ふだん"
    SPECIAL = "special", "特例業務・特別条項"
    ALWAYS = "always", "いつも"


@dataclass(frozen=True)
class LimitTerms:
    """上限: at most so many minutes, or ``months`` for a number of months; ``below`` where the number itself is too
    much (未満). ``base`` is the month's minutes above which a month is counted.
    """

    kind: str
    scope: str
    most: int
    with_holidays: bool
    below: bool = False
    base: int = 0

    def is_beyond(self, used: Fraction | int) -> bool:
        """Whether a use is more than the limit bears."""
        return used >= self.most if self.below else used > self.most


@dataclass(frozen=True)
class MonthMinutes:
    """月の時間外: minutes of a month without and with work on holidays; planned orders are in both."""

    plain: int
    with_holidays: int

    def of(self, limit: LimitTerms) -> int:
        """Return the minutes that a limit asks for."""
        return self.with_holidays if limit.with_holidays else self.plain


@dataclass(frozen=True)
class LimitUse:
    """上限の使われ方: how much of a limit is used; ``span`` are the months of a mean."""

    limit: LimitTerms
    used: Fraction
    span: int = 1

    @property
    def is_beyond(self) -> bool:
        """Whether more is used than the limit bears."""
        return self.limit.is_beyond(self.used)

    @property
    def is_near(self) -> bool:
        """Whether at least eight tenths are used, and not more than all."""
        return not self.is_beyond and self.used >= NEAR * self.limit.most

    @property
    def sentence(self) -> str:
        """Return 「2か月から6か月の平均(3か月) 81時間40分、上限80時間以下」."""
        name, border = LimitKind(self.limit.kind).label, "未満" if self.limit.below else "以下"
        if self.limit.kind == LimitKind.MONTHS_ABOVE:
            return f"{name} {int(self.used)}回、上限{self.limit.most}回{border}"
        span = f"({self.span}か月)" if self.span > 1 else ""
        return f"{name}{span} {in_hours(int(self.used))}、上限{in_hours(self.limit.most)}{border}"


def in_hours(minutes: int) -> str:
    """Return minutes as 7時間45分, 8時間 or 20分; a minus sign before what is below zero."""
    hours, rest = divmod(abs(minutes), 60)
    said = f"{hours}時間" if hours else ""
    said += f"{rest}分" if rest or not hours else ""
    return f"−{said}" if minutes < 0 else said


def month_before(month: date, count: int = 1) -> date:
    """Return the first day of the month that lies so many months before."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def year_months(month: date, first_month: int) -> list[date]:
    """Return the months of the year of the limits that holds a month, as first days."""
    back = (month.month - first_month) % 12
    start = month_before(month, back)
    return [month_before(start, -count) for count in range(12)]


def uses_of(
    limits: Iterable[LimitTerms], months: Mapping[date, MonthMinutes], month: date, *, first_month: int, special: bool
) -> Iterator[LimitUse]:
    """Yield how much of every limit that applies is used; ``months`` are keyed by first days.

    A mean looks back over months without a gap in the record: what was before the record is not taken as zero.
    """
    asked = {LimitScope.ALWAYS, LimitScope.SPECIAL if special else LimitScope.ORDINARY}
    for limit in limits:
        if limit.scope not in asked:
            continue
        known = {key: minutes.of(limit) for key, minutes in months.items()}
        year = [known.get(each, 0) for each in year_months(month, first_month)]
        if limit.kind == LimitKind.MONTH:
            yield LimitUse(limit, Fraction(known.get(month, 0)))
        elif limit.kind == LimitKind.YEAR:
            yield LimitUse(limit, Fraction(sum(year)))
        elif limit.kind == LimitKind.MONTHS_ABOVE:
            yield LimitUse(limit, Fraction(sum(minutes > limit.base for minutes in year)))
        else:
            yield from _means(limit, known, month)


def _means(limit: LimitTerms, known: Mapping[date, int], month: date) -> Iterator[LimitUse]:
    for span in MONTHS_OF_MEAN:
        window = [month_before(month, back) for back in range(span)]
        if any(each not in known for each in window):
            return
        yield LimitUse(limit, Fraction(sum(known[each] for each in window), span), span)
