"""What the addresses of bookings are about: a visit, a paid use of a hall with its permit, and a draw."""

from datetime import time, timedelta

from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.cast.role_matrix.world import World
from todoke.accounts.actors import Guest
from todoke.bookings.models import (
    Course,
    EnrolmentRequest,
    FacilityGroup,
    Registrant,
    RegistrantDetails,
    Suspension,
    WaitlistEntry,
)
from todoke.payments import collection
from todoke.reception import course_enrolments, facility_requests, hall_closures
from todoke.reception.lottery_awards import announce
from todoke.reception.models import ManualNotice, TicketQueue
from todoke.reception.visits import visit_requests

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
    course = Course.announce(
        section, title="スマホ教室", place="公民館", span=bookings.frame(), capacity=1,
        closes_at=now + timedelta(days=2), by=clerk,
    )  # fmt: skip
    wanted = EnrolmentRequest("山田 花子", email="hanako@example.jp", channel="phone")
    enrolment = course_enrolments.enrol(course, wanted, by=clerk)
    untold = course_enrolments.enrol(course, EnrolmentRequest("鈴木 一郎", phone="03-0000-0000"), by=Guest())
    other = Course.announce(
        section, title="写真の整理", place="公民館", span=bookings.frame(), capacity=1,
        closes_at=now + timedelta(days=2), by=clerk,
    )  # fmt: skip
    held = course_enrolments.enrol(other, EnrolmentRequest("見本 三郎", email="saburo@example.jp"), by=Guest())
    Course.objects.filter(pk=course.pk).update(starts_at=now - timedelta(hours=1))
    seat = {"code": course.code, "pk": str(enrolment.pk)}
    closure = hall_closures.declare(unit.resource, bookings.frame(90), reason="点検", seen=0, by=clerk)
    call = ManualNotice.objects.create(
        department=section, about="bookings.booking/1", name="鈴木 一郎", title="予約を中止しました", body="停電のため"
    )
    limit = Suspension.impose(
        who, group, reach="online", starts_on=bookings.day_ahead(300), ends_on=bookings.day_ahead(310), ground="見本",
        by=chief,
    )  # fmt: skip
    queue = TicketQueue.objects.create(
        code="counter", name="総合窓口", department=section, windows=2, opens=time(0), closes=time(23, 59, 59)
    )
    ticket = queue.issue(channel="counter", by=clerk)
    return {
        "office:queue": {"code": queue.code},
        "portal:queue-issue": {"code": queue.code},
        "portal:queue-screen": {"code": queue.code},
        "portal:queue-ticket": {"token": ticket.token},
        "portal:queue-leaving": {"token": ticket.token},
        "portal:booking-move": {"token": made.booking.token},
        "portal:booking-wait-withdrawal": {"pk": str(wait.pk)},
        "board:bookings-hall": {"code": unit.resource.code},
        "office:closure": {"pk": str(closure.pk)},
        "office:visit-purpose-ending": {"code": purpose.code},
        "office:manual-notice": {"pk": str(call.pk)},
        "office:manual-notice-telling": {"pk": str(call.pk)},
        "office:registrant": {"number": who.number},
        "office:registrant-lifting": {"number": who.number, "pk": str(limit.pk)},
        "portal:class": {"code": course.code},
        "portal:enrolment-confirmation": {"token": held.token or ""},
        "portal:enrolment": {"token": enrolment.token or ""},
        "office:class": {"code": course.code},
        "office:class-telling": {"code": course.code, "pk": str(untold.pk)},
        "office:class-attendance": seat,
        "office:class-withdrawal": seat,
        "portal:visit": {"code": purpose.code},
        "portal:booking": {"token": made.booking.token},
        "portal:booking-permit": {"token": use.booking.token},
        "portal:booking-check": {"number": use.permit_number or ""},
        "portal:booking-offer": {"pk": str(wait.pk)},
        "portal:facility": {"code": unit.code},
        "portal:lottery": {"number": lottery.number},
        "office:lottery": {"number": lottery.number},
        "office:booking": {"number": made.booking.number},
        "studio:use-rules": {"code": group.code},
    }
