"""Systems システム台帳: systems, service levels, incidents, changes, evaluations, devices and automations."""

from todoke.systems.models.automation import Automation
from todoke.systems.models.automation_input import InputColumn, InputSchema
from todoke.systems.models.automation_measure import AutomationBaseline, AutomationReview, AutomationUpkeep
from todoke.systems.models.automation_run import AutomationRun, MissedRun
from todoke.systems.models.change import BusyPeriod, Change, Drill, DrillFinding, RestoreTest
from todoke.systems.models.device import Device, DevicePool
from todoke.systems.models.device_loan import DeviceLoan
from todoke.systems.models.device_loss import LossReport, ReportDeadline
from todoke.systems.models.device_use import DeviceUse
from todoke.systems.models.evaluation import Evaluation, EvaluationScore
from todoke.systems.models.incident import Incident, IncidentStep, Outage
from todoke.systems.models.incident_notice import IncidentNotice
from todoke.systems.models.register import Contract, Dependency, InformationSystem, StandardTask, YearlyCost
from todoke.systems.models.sla import CreditStepRow, PlannedStop, Probe, ServiceLevel
from todoke.systems.models.stocktake import Stocktake, StocktakeLine
from todoke.systems.models.subscription import (
    Alternative,
    BudgetCalendar,
    LicencePrice,
    LicenceUse,
    Subscription,
    ToolDecision,
)

__all__ = [
    "Alternative",
    "Automation",
    "AutomationBaseline",
    "AutomationReview",
    "AutomationRun",
    "AutomationUpkeep",
    "BudgetCalendar",
    "BusyPeriod",
    "Change",
    "Contract",
    "CreditStepRow",
    "Dependency",
    "Device",
    "DeviceLoan",
    "DevicePool",
    "DeviceUse",
    "Drill",
    "DrillFinding",
    "Evaluation",
    "EvaluationScore",
    "Incident",
    "IncidentNotice",
    "IncidentStep",
    "InformationSystem",
    "InputColumn",
    "InputSchema",
    "LicencePrice",
    "LicenceUse",
    "LossReport",
    "MissedRun",
    "Outage",
    "PlannedStop",
    "Probe",
    "ReportDeadline",
    "RestoreTest",
    "ServiceLevel",
    "StandardTask",
    "Stocktake",
    "StocktakeLine",
    "Subscription",
    "ToolDecision",
    "YearlyCost",
]
