"""職員の働き方の模型: attendance with its dated rules, telework, promotion members, training, and the help desk."""

from todoke.workforce.models.clock_correction import ClockCorrection
from todoke.workforce.models.clock_event import ClockEvent
from todoke.workforce.models.help_session import DigitalHelper, HelpRecord, HelpSeats, HelpSession
from todoke.workforce.models.leave import LeaveBalance, LeaveDay, LeaveKind
from todoke.workforce.models.month_close import MonthClose
from todoke.workforce.models.month_sheet import MonthSheet
from todoke.workforce.models.overtime_order import OvertimeOrder
from todoke.workforce.models.overtime_rules import OvertimeLimit, OvertimeLimitRule, OvertimePremiumRule, SpecialWork
from todoke.workforce.models.promotion_member import DutyHandover, PromotionMember
from todoke.workforce.models.section_task import SectionTask, TaskBarrier
from todoke.workforce.models.staff_course import StaffCourse, StaffCourseSession, StaffEnrolment
from todoke.workforce.models.staff_number import StaffNumber
from todoke.workforce.models.telework_day import TeleworkDay
from todoke.workforce.models.telework_trial import TeleworkComment, TeleworkRule, TeleworkTrial, TeleworkTrialMember
from todoke.workforce.models.work_day import WorkDay
from todoke.workforce.models.work_pattern import WorkPattern

__all__ = [
    "ClockCorrection",
    "ClockEvent",
    "DigitalHelper",
    "DutyHandover",
    "HelpRecord",
    "HelpSeats",
    "HelpSession",
    "LeaveBalance",
    "LeaveDay",
    "LeaveKind",
    "MonthClose",
    "MonthSheet",
    "OvertimeLimit",
    "OvertimeLimitRule",
    "OvertimeOrder",
    "OvertimePremiumRule",
    "PromotionMember",
    "SectionTask",
    "SpecialWork",
    "StaffCourse",
    "StaffCourseSession",
    "StaffEnrolment",
    "StaffNumber",
    "TaskBarrier",
    "TeleworkComment",
    "TeleworkDay",
    "TeleworkRule",
    "TeleworkTrial",
    "TeleworkTrialMember",
    "WorkDay",
    "WorkPattern",
]
