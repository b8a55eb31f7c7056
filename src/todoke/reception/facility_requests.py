"""Facility booking 施設の予約: rules, fee and time in one act; the same for page, telephone and counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import batched, lock_subject
from todoke.bookings import returned_frames
from todoke.bookings.models import (
    BookableUnit,
    Booking,
    BookingDetails,
    FacilityGroup,
    Frame,
    Registrant,
    ResourcePart,
    Suspension,
    Taken,
    UseRules,
)
from todoke.bookings.slots import Span
from todoke.japanese.calendar import business_date, format_date, start_of_day, today
from todoke.payments import collection
from todoke.payments.models import Charge, Due, Receipt
from todoke.reception.booking_notices import tell
from todoke.reception.models import FacilityUse
from todoke.runtime.database.lock_timeouts import busy_when_locked
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

REVENUE = "施設使用料"


@dataclass(frozen=True)
class FacilityRequest:
    """施設の申込み: which unit on which day in which frame, for whom, and by which way it came."""

    unit: BookableUnit
    day: date
    frame: Frame
    registrant: Registrant
    purpose: str = ""
    people: int = 1
    channel: str = "online"
    form_key: str | None = None
    is_drawn: bool = False

    @property
    def span(self) -> Span:
        """The time that is asked for."""
        return Span.on(self.day, self.frame.opens, self.frame.closes)


@dataclass(frozen=True)
class _Terms:
    """適用する定め: the rules in force, the yen of the use, and the last day to pay."""

    rules: UseRules
    yen: int
    due_on: date


def group_of(unit: BookableUnit) -> FacilityGroup:
    """Return the group whose rules hold for a unit. Raises Refused for what is not lent."""
    if unit.resource.group is None:
        raise Refused("この部屋は貸し出していません。")
    return unit.resource.group


def rules_for(unit: BookableUnit) -> UseRules:
    """Return the rules in force today. Raises Refused before any are published."""
    found = UseRules.in_force(group_of(unit), today())
    if found is None:
        raise Refused("この施設の利用規則は、まだ公開されていません。窓口にお尋ねください。")
    return found


def fee_of(wanted: FacilityRequest, rules: UseRules) -> int:
    """Return the yen of a use. Raises Refused where the rules have no row for it."""
    who = wanted.registrant
    yen = rules.terms.fee(wanted.unit.rule_kind, wanted.frame.name, who.origin, who.reduced_percent)
    if yen is None:
        raise Refused("この区分の使用料が決まっていません。窓口にお尋ねください。")
    return yen


def _check(wanted: FacilityRequest, rules: UseRules, limit: Suspension | None) -> None:
    """Raises the refusal of the first rule that speaks against a booking."""
    who, terms, unit = wanted.registrant, rules.terms, wanted.unit
    if not who.verified_on <= today() or who.valid_until < wanted.day:
        raise Closed("利用登録の有効期限が切れています。窓口で更新すると、すぐに予約できます。")
    if wanted.frame.weekday != wanted.day.weekday() or wanted.frame.timetable.group_id != unit.resource.group_id:
        raise Refused("この区分は、この日の時間割にありません。空き状況から選び直してください。")
    if wanted.frame.timetable.is_closed_on(wanted.day):
        raise Closed("この日は休館日です。別の日を選んでください。")
    if wanted.people > unit.capacity:
        raise Refused(f"{unit.name}の定員は{unit.capacity}人です。広い部屋を選んでください。")
    if wanted.is_drawn:
        return
    if not terms.is_open(unit.rule_kind, wanted.day, today(), who.origin):
        row = terms.application(unit.rule_kind, who.origin)
        span = (
            f"{format_date(row.opens.day(wanted.day))}から{format_date(row.closes.day(wanted.day))}まで" if row else ""
        )
        raise Closed(f"この日の申込みは、{span}です。")
    if limit and (limit.reach == Suspension.Reach.USE or wanted.channel == Booking.Channel.ONLINE):
        raise NotAllowed(
            f"{format_date(limit.ends_on)}まで{limit.get_reach_display()}が制限されています。理由: {limit.ground}"
        )


def _require_within_limits(wanted: FacilityRequest, rules: UseRules) -> None:
    """Raises Conflict where a registrant has more than the rules allow, the new booking counted; one at a time."""
    who, terms = wanted.registrant, rules.terms
    if wanted.is_drawn or not (terms.most_a_day or terms.most_a_month):
        return
    lock_subject(f"bookings/registrant/{who.pk}")
    mine = Booking.objects.kept().filter(registrant=who)
    first = start_of_day(wanted.day.replace(day=1))
    following = start_of_day((wanted.day.replace(day=28) + timedelta(days=4)).replace(day=1))
    for most, start, end, words in (
        (terms.most_a_day, start_of_day(wanted.day), start_of_day(wanted.day + timedelta(days=1)), "1日"),
        (terms.most_a_month, first, following, "1か月"),
    ):
        if most and mine.filter(starts_at__gte=start, starts_at__lt=end).count() > most:
            raise Conflict(f"予約できるのは、{words}に{most}区分までです。")


def request(wanted: FacilityRequest, *, by: Actor) -> FacilityUse:
    """施設の予約: take the time and assess its fee; held until the term of payment is over, confirmed where free.

    Who comes second is refused before anything is written or locked; a form that is sent twice is one use.
    Raises Refused, Closed, Conflict and NotAllowed by the rules in force, Taken where the time is booked, Busy where
    too many wait for it.
    """
    parts = wanted.unit.whole_parts()
    try:
        Booking.require_free(parts, wanted.span)
    except Taken:
        if (known := _known(wanted)) is not None:
            return known
        raise
    rules, limit = rules_for(wanted.unit), wanted.registrant.suspension_on(today())
    _check(wanted, rules, limit)
    with busy_when_locked():
        return _book(wanted, parts, _terms_of(wanted, rules, limit), by)


def _known(wanted: FacilityRequest) -> FacilityUse | None:
    """Return the use that the same form made before."""
    return FacilityUse.objects.filter(booking__form_key=wanted.form_key).first() if wanted.form_key else None


def _terms_of(wanted: FacilityRequest, rules: UseRules, limit: Suspension | None) -> _Terms:
    limited = next((row.payment_days for row in rules.terms.penalties if limit and row.payment_days), None)
    due_on = rules.terms.payment_due(wanted.unit.rule_kind, today(), wanted.day, limited=limited)
    return _Terms(rules, fee_of(wanted, rules), due_on)


@transaction.atomic
def _book(wanted: FacilityRequest, parts: Sequence[ResourcePart], terms: _Terms, by: Actor) -> FacilityUse:
    """Write booking, charge and notice; the entries of the latter two in one statement."""
    until = min(start_of_day(terms.due_on + timedelta(days=1)), wanted.span.start) if terms.yen else None
    details = BookingDetails(
        wanted.unit.resource.department, wanted.unit, wanted.registrant, purpose=wanted.purpose, people=wanted.people,
        channel=wanted.channel, rules=terms.rules, form_key=wanted.form_key,
    )  # fmt: skip
    booking = Booking.take(parts, wanted.span, details, until=until, by=by)
    if (known := _known(wanted)) is not None:
        return known
    _require_within_limits(wanted, terms.rules)
    with batched():
        charge = _charge(wanted, terms.yen, terms.due_on, by)
        use = FacilityUse.objects.create(booking=booking, frame=wanted.frame.name, charge=charge)
        if charge is None:
            use.permit(by=by)
            tell(booking, "facility-confirmed", by=by)
        else:
            pay, due = absolute("portal:payment", charge.token), format_date(terms.due_on)
            tell(booking, "facility-held", by=by, fee=f"{terms.yen:,}円", due=due, pay=pay)
    return use


def _charge(wanted: FacilityRequest, yen: int, due_on: date, by: Actor) -> Charge | None:
    if not yen:
        return None
    title = f"{wanted.unit} {format_date(wanted.day)} {wanted.frame.name}"
    return Charge.assess(title, [Due(f"{wanted.unit} 使用料", REVENUE, yen)], applied_on=today(), due_on=due_on, by=by)


@transaction.atomic
def cancel(use: FacilityUse, *, by: Actor, reason: str = "") -> int:
    """取消: give the time back and what the day of cancellation says of the fee; returns the yen given back.

    Raises Closed when the booking is over, Conflict when the fee was refunded meanwhile.
    """
    booking = use.booking
    percent = refund_percent(use)
    returned_frames.give_back(booking, by=by, reason=reason)
    yen = give_back_fee(use.charge, percent, by=by) if use.charge else 0
    FacilityUse.objects.filter(pk=use.pk).update(refund_percent=percent if use.charge else None)
    tell(booking, "booking-cancelled", by=by)
    return yen


def refund_percent(use: FacilityUse) -> int:
    """Return what share of the fee a cancellation today gives back, by the rules of the booking."""
    booking = use.booking
    if booking.rules is None or booking.unit is None:
        return 100
    return booking.rules.terms.refund_percent(booking.unit.rule_kind, business_date(booking.starts_at), today())


def give_back_fee(charge: Charge, percent: int, *, by: Actor) -> int:
    """Refund a share of what was paid for a use and not given back yet; returns the yen, 0 where nothing was paid.

    Raises Conflict when the fee was refunded meanwhile.
    """
    receipt = Receipt.objects.filter(charge=charge).first()
    yen = receipt.yen * percent // 100 - receipt.refunded_yen if receipt else 0
    if receipt is None or yen <= 0:
        return 0
    refund = collection.refund(
        receipt, yen=yen, seen_refunded_yen=receipt.refunded_yen, reason=f"施設の予約の取消({percent}%)", by=by
    )
    if refund is None:
        raise Conflict("使用料の還付が、同時に進んでいます。開き直して確かめてください。")
    return yen
