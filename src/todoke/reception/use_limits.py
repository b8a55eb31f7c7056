"""Use limits 利用の制限: imposed with a ground and a notice that says how to appeal; the counter stays open."""

from datetime import date

from django.db import transaction

from todoke.accounts.models import User
from todoke.bookings.models import FacilityGroup, Registrant, Suspension
from todoke.japanese.calendar import format_date, today
from todoke.reception.booking_notices import tell_registrant


def limit_today(registrant: Registrant) -> Suspension | None:
    """Return the limit that binds a registrant today."""
    return registrant.suspension_on(today())


@transaction.atomic
def impose(
    registrant: Registrant, *, group: FacilityGroup, reach: str, starts_on: date, ends_on: date, ground: str, by: User
) -> bool:
    """利用の制限: limit, and tell the ground and how to appeal; returns whether there was a mail address.

    Raises NotAllowed to all but the chief, Refused without a ground.
    """
    made = Suspension.impose(registrant, group, reach=reach, starts_on=starts_on, ends_on=ends_on, ground=ground, by=by)
    return tell_registrant(
        registrant, "use-limited", about=made, department=group.department, by=by, reach=made.get_reach_display(),
        ground=ground, since=format_date(starts_on), until=format_date(ends_on), appeal=group.appeal,
    )  # fmt: skip
