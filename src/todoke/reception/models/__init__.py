"""受付の模型: visits with purposes and periods, reminders, and uses of facilities."""

from todoke.reception.models.facility_use import FacilityUse
from todoke.reception.models.visit import AvailabilityPeriod, BookingReminder, Visit, VisitPurpose

__all__ = ["AvailabilityPeriod", "BookingReminder", "FacilityUse", "Visit", "VisitPurpose"]
