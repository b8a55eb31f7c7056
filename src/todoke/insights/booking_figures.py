"""Booking figures 予約の指標: how halls are used and paid, how many lose a draw, who does not come; of one month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from todoke.bookings.models import Allocation, Booking, Lottery, Resource, Timetable
from todoke.bookings.slots import Span
from todoke.insights import percentages
from todoke.insights.rates import RateDefinition
from todoke.japanese.calendar import business_date, start_of_day
from todoke.payments.models import Receipt

USE = RateDefinition(
    "hall-use", "施設の利用率",
    "貸し出せた時間のうち、予約が確定した時間、または利用された時間の割合です。半面などの区画ごとに数えます。"
    "休館・保守・行事で職員が押さえた時間は、貸し出せた時間から除きます。",
    "予約が確定した時間・利用された時間", "時間割で貸し出せた時間(押さえを除く)",
)  # fmt: skip
LOST = RateDefinition(
    "hall-lost", "抽選の落選率",
    "その月に抽選した申込みのうち、枠が足りずに落選した申込みの割合です。当選の数の上限で外れた申込みは、分母に入れ、落選に数えません。",
    "落選した申込み", "抽選したすべての申込み",
)  # fmt: skip
ABSENT = RateDefinition(
    "booking-absent", "来なかった割合",
    "その月の来庁と施設の予約のうち、来場か不来場を職員が記録したものに占める、不来場の割合です。記録のない予約は含みません。",
    "不来場と記録した予約", "来場か不来場を記録した予約",
)  # fmt: skip
CASHLESS = RateDefinition(
    "hall-cashless", "利用料のキャッシュレス率",
    "その月に納められた施設の使用料のうち、カードかコード決済で納められたものの件数の割合です。現金・コンビニ・納付書は分母に入れ、"
    "キャッシュレスに数えません。収納を取り消したものは除きます。",
    "カード・コード決済で納められた使用料", "その月に納められた、すべての施設の使用料",
)  # fmt: skip
DEFINITIONS = (USE, LOST, ABSENT, CASHLESS)
MOST = 1000
TAKEN = ("confirmed", "used", "absent")


@dataclass(frozen=True)
class Share:
    """割合: numerator and denominator as counted, in minutes or in cases."""

    part: int
    whole: int

    @property
    def percent(self) -> object:
        """The share in percent with one digit; None when the denominator is 0."""
        return percentages.percent(self.part, self.whole) if self.whole > 0 else None

    @classmethod
    def total(cls, shares: Iterable["Share"]) -> "Share":
        """Return numerators and denominators added up."""
        found = list(shares)
        return cls(sum(each.part for each in found), sum(each.whole for each in found))


@dataclass(frozen=True)
class HallUse:
    """施設ごとの利用: minutes lent, held by staff and used of one hall, each part counted by itself."""

    resource: Resource
    lent: int
    held: int
    used: int

    @property
    def share(self) -> Share:
        """Used minutes of those that could be lent."""
        return Share(self.used, self.lent - self.held)


@dataclass(frozen=True)
class DrawResult:
    """抽選ごとの結果: entries, losers and entries beyond the limit of one draw."""

    lottery: Lottery
    entries: int
    lost: int

    @property
    def share(self) -> Share:
        """Losers of all entries."""
        return Share(self.lost, self.entries)


@dataclass(frozen=True)
class HallPayments:
    """施設ごとの納付: how often the fee of one hall was paid by each method, the most frequent first."""

    resource: Resource
    methods: tuple[tuple[str, int], ...]
    share: Share


def month_span(month: date) -> Span:
    """Return the month that a day lies in."""
    first = month.replace(day=1)
    return Span(start_of_day(first), start_of_day((first + timedelta(days=31)).replace(day=1)))


def hall_uses(month: date) -> list[HallUse]:
    """Return every lent hall with its minutes of a month, in five queries whatever the number of bookings."""
    span = month_span(month)
    halls = Resource.objects.filter(group__isnull=False).select_related("group", "department")
    parts = halls.annotate(count=Count("parts")).order_by("name")
    used, held = _minutes(span, Q(booking__public_label="")), _minutes(span, ~Q(booking__public_label=""))
    frames = _frame_minutes(span)
    return [
        HallUse(
            each, frames.get(each.group_id or 0, 0) * each.count, held.get(each.pk, 0),
            used.get(each.pk, 0),
        )
        for each in parts
    ]  # fmt: skip


def _minutes(span: Span, which: Q) -> dict[int, int]:
    """Return the booked minutes of each hall in a month, a part counted by itself, without preparation and tidying."""
    length = ExpressionWrapper(F("booking__ends_at") - F("booking__starts_at"), output_field=DurationField())
    rows = Allocation.objects.filter(
        which, booking__status__in=TAKEN, booking__starts_at__gte=span.start, booking__starts_at__lt=span.end,
        released_at=None, part__resource__group__isnull=False,
    )  # fmt: skip
    found = rows.order_by().values("part__resource").annotate(time=Sum(length)).values_list("part__resource", "time")
    return {resource: _whole(time) for resource, time in found}


def _frame_minutes(span: Span) -> dict[int, int]:
    """Return the minutes of a month in which one part of a group is lent, as the timetables say."""
    tables = list(Timetable.objects.prefetch_related("frames").order_by("-starts_on"))
    found: dict[int, int] = {}
    for group in {each.group_id for each in tables}:
        mine = [each for each in tables if each.group_id == group]
        for day in _days(span):
            in_force = next((each for each in mine if each.starts_on <= day), None)
            for _, frame in in_force.spans_on(day) if in_force else ():
                found[group] = found.get(group, 0) + _whole(frame.end - frame.start)
    return found


def _days(span: Span) -> Iterator[date]:
    first, last = business_date(span.start), business_date(span.end)
    return (first + timedelta(days=number) for number in range((last - first).days))


def _whole(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def draws(month: date) -> list[DrawResult]:
    """Return the draws of a month with their losers (one query)."""
    span = month_span(month)
    rows = Lottery.objects.filter(status="drawn", draws_at__gte=span.start, draws_at__lt=span.end)
    lost = Count("results", filter=Q(results__outcome="落選"))
    counted = rows.select_related("group").annotate(entry_count=Count("results"), lost_count=lost)
    return [
        DrawResult(each, each.entry_count, each.lost_count)  # type: ignore[attr-defined] # annotations
        for each in counted.order_by("draws_at")
    ]


def absences(month: date) -> Share:
    """Return the absences of the bookings of a month whose coming was noted (one query)."""
    span = month_span(month)
    rows = Booking.objects.filter(starts_at__gte=span.start, starts_at__lt=span.end, status__in=["used", "absent"])
    found = rows.aggregate(all=Count("pk"), absent=Count("pk", filter=Q(status="absent")))
    return Share(found["absent"], found["all"])


def rates(
    halls: list[HallUse], draws: list[DrawResult], absent: Share, paid: list[HallPayments]
) -> list[tuple[RateDefinition, Share, str]]:
    """Return each rate of a month with its definition and the unit of its numbers."""
    return [
        (USE, Share.total(each.share for each in halls), "時間"),
        (LOST, Share.total(each.share for each in draws), "件"),
        (ABSENT, absent, "件"),
        (CASHLESS, Share.total(each.share for each in paid), "件"),
    ]


def payments(month: date, resource: Resource | None = None) -> list[HallPayments]:
    """Return how the fees of halls, or of one, were paid in a month, hall by hall (two queries)."""
    span = month_span(month)
    rows = Receipt.objects.filter(
        paid_on__gte=business_date(span.start), paid_on__lt=business_date(span.end), taken_back_on=None,
        charge__use__booking__unit__isnull=False,
    )  # fmt: skip
    rows = rows.filter(charge__use__booking__unit__resource=resource) if resource else rows
    hall = "charge__use__booking__unit__resource"
    found: dict[int, dict[str, int]] = {}
    for where, method, count in (
        rows.order_by().values(hall, "method").annotate(n=Count("pk")).values_list(hall, "method", "n")
    ):
        found.setdefault(where, {})[method] = count
    halls = Resource.objects.filter(pk__in=found).select_related("department").order_by("name")
    return [_payments_of(each, found[each.pk]) for each in halls]


def _payments_of(resource: Resource, counted: dict[str, int]) -> HallPayments:
    methods = sorted(((Receipt.Method(key).label, count) for key, count in counted.items()), key=lambda each: -each[1])
    cashless = sum(counted.get(method, 0) for method in Receipt.CASHLESS)
    return HallPayments(resource, tuple(methods), Share(cashless, sum(counted.values())))


def channels(month: date) -> list[tuple[str, int]]:
    """Return how the bookings of a month came, residents' ones only, the most frequent first (one query)."""
    span = month_span(month)
    rows = Booking.objects.filter(starts_at__gte=span.start, starts_at__lt=span.end, status__in=TAKEN, public_label="")
    found = rows.order_by().values("channel").annotate(count=Count("pk")).values_list("channel", "count")
    return sorted(((Booking.Channel(key).label, count) for key, count in found), key=lambda each: -each[1])


def day_uses(resource: Resource, month: date) -> list[tuple[date, str, str, int]]:
    """Return the time, frame, state and minutes of each booking of a hall in a month, which names nobody."""
    span = month_span(month)
    rows = Booking.objects.filter(
        allocations__part__resource=resource, status__in=TAKEN, starts_at__gte=span.start, starts_at__lt=span.end
    ).distinct()
    parts = Count("allocations", filter=Q(allocations__released_at=None))
    found = rows.select_related("unit__resource").annotate(part_count=parts).order_by("starts_at")
    return [_day_use(each) for each in found[:MOST]]


def _day_use(booking: Booking) -> tuple[date, str, str, int]:
    minutes = _whole(booking.ends_at - booking.starts_at)
    parts = booking.part_count  # type: ignore[attr-defined] # an annotation
    what = booking.public_label or str(booking.unit)
    return business_date(booking.starts_at), what, booking.get_status_display(), minutes * parts
