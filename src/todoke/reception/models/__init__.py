"""受付の模型: visits with purposes and periods, reminders, uses of halls, closures, calls and letters, numbers."""

from todoke.reception.models.closure import Closure, ClosureEffect
from todoke.reception.models.enrolment_charge import EnrolmentCharge
from todoke.reception.models.facility_use import FacilityUse
from todoke.reception.models.manual_notice import ManualNotice
from todoke.reception.models.ticket_queue import QueueDetails, QueueTicket, TicketQueue
from todoke.reception.models.visit import AvailabilityPeriod, BookingReminder, Visit, VisitPurpose

__all__ = [
    "AvailabilityPeriod",
    "BookingReminder",
    "Closure",
    "ClosureEffect",
    "EnrolmentCharge",
    "FacilityUse",
    "ManualNotice",
    "QueueDetails",
    "QueueTicket",
    "TicketQueue",
    "Visit",
    "VisitPurpose",
]
