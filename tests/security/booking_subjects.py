"""What the addresses of bookings are about: a visit, a paid use of a hall with its permit, and a draw."""

from datetime import timedelta

from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.security.world import World
from todoke.accounts.actors import Guest
from todoke.bookings.models import FacilityGroup, Registrant, RegistrantDetails, WaitlistEntry
from todoke.payments import collection
from todoke.reception import facility_requests, visit_requests
from todoke.reception.lottery_awards import announce

Places = dict[str, dict[str, str]]


def bookings_of(world: World) -> Places:
    """Visits and halls of the clerk's department."""
    section, clerk, chief = world.case.department, world.people["clerk"], world.people["chief"]
    purpose = reception.office(of=section)
    made = visit_requests.request(reception.visit(purpose), by=Guest())
    group: FacilityGroup = bookings.sports_halls(section)
    unit = bookings.court(group)
    bookings.rules(group, clerk, chief)
    member = RegistrantDetails("group", "羽根の会", "resident", world.people["applicant"], "club@example.jp")
    who = Registrant.register(group, member, verified_by="名簿", valid_until=bookings.day_ahead(700), by=clerk)
    use = facility_requests.request(reception.wish(unit, who), by=clerk)
    collection.pay_at_counter(cast.present(use.charge), reference="booking-till", by=clerk)
    use.refresh_from_db()
    wait = WaitlistEntry.join(unit, use.booking.span, who, by=clerk)
    now = timezone.now()
    lottery = announce(
        group, "1月分", [(unit, bookings.frame(60))], source="12月1日の終値", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    return {
        "portal:visit": {"code": purpose.code},
        "portal:booking": {"token": made.booking.token},
        "portal:booking-permit": {"token": use.booking.token},
        "portal:booking-check": {"number": use.permit_number or ""},
        "portal:booking-offer": {"pk": str(wait.pk)},
        "portal:facility": {"code": unit.code},
        "portal:lottery": {"number": lottery.number},
        "office:booking": {"number": made.booking.number},
        "studio:use-rules": {"code": group.code},
    }
