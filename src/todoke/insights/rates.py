"""The online rates オンライン化の割合: definition, numerator, denominator, date, and the rows behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, F, IntegerField, Value, When
from django.utils import timezone

from todoke.insights import percentages
from todoke.insights.volumes import with_yearly_volumes, yearly_totals
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
RESIDENTS = RateDefinition(
    "residents", "区民と事業者が出す手続でみた割合",
    "国や自治体などの機関どうしの手続を除き、区民と事業者が出す手続だけを数えた割合です。",
    "オンラインで受け付けている、区民と事業者が出す手続", "区民と事業者が出す手続",
)  # fmt: skip
DEFINITIONS = {definition.key: definition for definition in (PROCEDURES, POSSIBLE, VOLUME, PHONE, RESIDENTS)}


def rates(on: date | None = None) -> list[Rate]:
    """Return the rates as of the end of a day, or as of now for today."""
    on = on or today()
    return [_rate(definition, on) for definition in DEFINITIONS.values()]


def rate(key: str, on: date | None = None) -> Rate:
    """Return one of the rates as of the end of a day, or as of now for today. Raises KeyError."""
    return _rate(DEFINITIONS[key], on or today())


def rate_procedures(key: str, on: date | None = None) -> ProcedureQuerySet:
    """Return the procedures behind a rate. Raises KeyError.

    Each has its ``part`` of the numerator and its ``whole`` of the denominator, whose sums are the rate.
    """
    on = on or today()
    if key == VOLUME.key:
        return with_yearly_volumes(Procedure.objects.existing_on(on), on)
    whole, part = _sets(key, on)
    return whole.annotate(part=one_if(part), whole=Value(1))


def by_department(on: date | None = None) -> list[tuple[str, Decimal | None, int, int]]:
    """Return the first rate by department: name, percent, numerator, denominator."""
    whole, part = _sets(PROCEDURES.key, on or today())
    rows = whole.values_list("department__code", "department__name")
    counted = rows.annotate(online=Count("pk", filter=part), every=Count("pk"))
    return [
        (name or "未定", percentages.percent(online, every), online, every)
        for _, name, online, every in counted.order_by(F("department__code").asc(nulls_last=True))
    ]


def among_online(on: date | None = None) -> Rate:
    """The rate by volume among procedures offered online, as several cities publish it (電子手続利用率)."""
    on = on or today()
    taken = Procedure.objects.current().filter(available_online(_instant(on)))
    return Rate(VOLUME, on, *yearly_totals(taken, on))


def _instant(on: date) -> datetime:
    """Return the last instant of a business day, or now if the day is not over."""
    end = start_of_day(on + timedelta(days=1)) - timedelta(microseconds=1)
    return min(end, timezone.now())


def _rate(definition: RateDefinition, on: date) -> Rate:
    if definition is VOLUME:
        return Rate(definition, on, *yearly_totals(Procedure.objects.existing_on(on), on))
    whole, part = _sets(definition.key, on)
    return Rate(definition, on, whole.filter(part).count(), whole.count())


def _sets(key: str, on: date) -> tuple[ProcedureQuerySet, Any]:
    """Return the procedures of the denominator, and the condition of the numerator."""
    instant = _instant(on)
    current = Procedure.objects.existing_on(on)
    choose: dict[str, Callable[[], tuple[ProcedureQuerySet, Any]]] = {
        PROCEDURES.key: lambda: (current, available_online(instant)),
        POSSIBLE.key: lambda: (current.online_possible(), available_online(instant)),
        RESIDENTS.key: lambda: (current.filed_by_the_public(), available_online(instant)),
        PHONE.key: lambda: (current.filter(available_online(instant)), usable_on_phone(instant)),
    }
    return choose[key]()


def one_if(condition: Any) -> Choose:
    """Return 1 where a condition holds, 0 elsewhere."""
    return Choose(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
