"""予約の模型: facilities, registrants, rules, bookings with their allocations, waiting lists, lotteries, courses."""

from todoke.bookings.models.allocation import Allocation
from todoke.bookings.models.booking import Booking, Taken
from todoke.bookings.models.booking_details import BookingDetails
from todoke.bookings.models.course import Course, CourseFee
from todoke.bookings.models.enrolment import Enrolment, EnrolmentRequest
from todoke.bookings.models.facility import (
    BookableUnit,
    FacilityGroup,
    Frame,
    Resource,
    ResourcePart,
    Timetable,
)
from todoke.bookings.models.lottery import Lottery, LotteryEntry, LotteryItem, LotteryResult
from todoke.bookings.models.registrant import GroupMember, Registrant, RegistrantDetails, Suspension
from todoke.bookings.models.use_rules import UseRules, UseRulesDraft
from todoke.bookings.models.waitlist import WaitlistEntry

__all__ = [
    "Allocation",
    "BookableUnit",
    "Booking",
    "BookingDetails",
    "Course",
    "CourseFee",
    "Enrolment",
    "EnrolmentRequest",
    "FacilityGroup",
    "Frame",
    "GroupMember",
    "Lottery",
    "LotteryEntry",
    "LotteryItem",
    "LotteryResult",
    "Registrant",
    "RegistrantDetails",
    "Resource",
    "ResourcePart",
    "Suspension",
    "Taken",
    "Timetable",
    "UseRules",
    "UseRulesDraft",
    "WaitlistEntry",
]
