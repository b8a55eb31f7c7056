"""受付の模型: visits with purposes and periods, reminders, uses of facilities, closures, and numbers at a counter."""

from todoke.reception.models.closure import Closure, ClosureEffect
from todoke.reception.models.facility_use import FacilityUse
from todoke.reception.models.ticket_queue import QueueTicket, TicketQueue
from todoke.reception.models.visit import AvailabilityPeriod, BookingReminder, Visit, VisitPurpose

__all__ = [
    "AvailabilityPeriod",
    "BookingReminder",
    "Closure",
    "ClosureEffect",
    "FacilityUse",
    "QueueTicket",
    "TicketQueue",
    "Visit",
    "VisitPurpose",
]
