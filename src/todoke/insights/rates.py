"""The four online rates オンライン化の割合: definition, numerator, denominator, date, and the rows behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case as Choose
from django.db.models import IntegerField, Value, When
from django.utils import timezone

from todoke.insights import percentages
from todoke.insights.volumes import YearlyVolume, yearly_volumes
from todoke.japanese.calendar import start_of_day, today
from todoke.offers.online_status import available_online, usable_on_phone
from todoke.procedures.models import Procedure, ProcedureQuerySet


@dataclass(frozen=True)
class RateDefinition:
    """The definition of a rate (指標の定義)."""

    key: str
    title: str
    meaning: str
    part: str
    whole: str


@dataclass(frozen=True)
class Rate:
    """A rate as of a day (割合): its definition, numerator and denominator."""

    definition: RateDefinition
    on: date
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with two digits; None when the denominator is 0."""
        return percentages.percent(self.numerator, self.denominator, 2)


@dataclass(frozen=True)
class RateRow:
    """A row of a rate: the procedure, and its part of numerator and denominator."""

    number: str
    title: str
    department: str
    part: int
    whole: int


PROCEDURES = RateDefinition(
    "procedures", "手続の数でみた割合",
    "現存するすべての手続のうち、区がオンラインで受け付けている手続の割合です。",
    "オンラインで受け付けている手続", "現存するすべての手続",
)  # fmt: skip
POSSIBLE = RateDefinition(
    "possible", "オンライン化できる手続でみた割合",
    "法令で対象外の手続(適用除外)と、性質上オンライン化に適さない手続(懸念点5)を分母から除いた割合です。",
    "オンラインで受け付けている手続", "オンライン化できる手続",
)  # fmt: skip
VOLUME = RateDefinition(
    "volume", "件数でみた割合",
    "今年度に受け付けた件数のうち、オンラインで受け付けた件数の割合です。登録された期間別の件数に、"
    "その期間の翌日からこのシステムで受け付けた件数を、受付経路ごとに加えます。件数の分からない手続は含みません。",
    "オンラインの件数", "すべての受付経路の件数",
)  # fmt: skip
PHONE = RateDefinition(
    "phone", "スマートフォンで使える割合",
    "オンラインで受け付けている手続のうち、スマートフォンで最後まで使える手続の割合です。"
    "このシステムの受付は画面幅375ピクセルで確かめています。ほかは、職員が確かめた日のある手続を数えます。",
    "スマートフォンで使える手続", "オンラインで受け付けている手続",
)  # fmt: skip
DEFINITIONS = {definition.key: definition for definition in (PROCEDURES, POSSIBLE, VOLUME, PHONE)}


def rates(on: date | None = None) -> list[Rate]:
    """Return the four rates as of the end of a day, or as of now for today."""
    on = on or today()
    return [_rate(definition, on) for definition in DEFINITIONS.values()]


def rate(key: str, on: date | None = None) -> Rate:
    """Return one of the four rates as of the end of a day, or as of now for today. Raises KeyError."""
    return _rate(DEFINITIONS[key], on or today())


def rate_rows(key: str, on: date | None = None) -> list[RateRow]:
    """Return the rows of a rate; their sums are its numerator and denominator."""
    on = on or today()
    if key == VOLUME.key:
        return [_counted(tally) for tally in yearly_volumes(on, _instant(on))]
    whole, part = _sets(key, on)
    marked = whole.annotate(part=_one_if(part)).order_by("-part", "serial")
    rows = marked.values_list("number", "title", "department__name", "part")
    return [RateRow(number, title, department or "未定", one, 1) for number, title, department, one in rows]


def by_department(on: date | None = None) -> list[tuple[str, Decimal | None, int, int]]:
    """Return the first rate by department: name, percent, numerator, denominator."""
    sums: dict[str, list[int]] = {}
    for line in rate_rows(PROCEDURES.key, on):
        total = sums.setdefault(line.department, [0, 0])
        total[0] += line.part
        total[1] += line.whole
    return [(name, percentages.percent(part, whole), part, whole) for name, (part, whole) in sums.items()]


def among_online(on: date | None = None) -> Rate:
    """The rate by volume among procedures offered online, as several cities publish it (電子手続利用率)."""
    on = on or today()
    instant = _instant(on)
    taken = set(Procedure.objects.current().filter(available_online(instant)).values_list("pk", flat=True))
    rows = [tally for tally in yearly_volumes(on, instant) if tally.procedure in taken]
    return Rate(VOLUME, on, sum(row.online for row in rows), sum(row.total for row in rows))


def _instant(on: date) -> datetime:
    """Return the last instant of a business day, or now if the day is not over."""
    end = start_of_day(on + timedelta(days=1)) - timedelta(microseconds=1)
    return min(end, timezone.now())


def _rate(definition: RateDefinition, on: date) -> Rate:
    if definition is VOLUME:
        rows = yearly_volumes(on, _instant(on))
        return Rate(definition, on, sum(row.online for row in rows), sum(row.total for row in rows))
    whole, part = _sets(definition.key, on)
    return Rate(definition, on, whole.filter(part).count(), whole.count())


def _sets(key: str, on: date) -> tuple[ProcedureQuerySet, Any]:
    """Return the procedures of the denominator, and the condition of the numerator."""
    instant = _instant(on)
    current = Procedure.objects.existing_on(on)
    choose: dict[str, Callable[[], tuple[ProcedureQuerySet, Any]]] = {
        PROCEDURES.key: lambda: (current, available_online(instant)),
        POSSIBLE.key: lambda: (current.online_possible(), available_online(instant)),
        PHONE.key: lambda: (current.filter(available_online(instant)), usable_on_phone(instant)),
    }
    return choose[key]()


def _one_if(condition: Any) -> Choose:
    return Choose(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _counted(tally: YearlyVolume) -> RateRow:
    return RateRow(tally.number, tally.title, tally.department, tally.online, tally.total)
