"""Systems システム台帳: registered systems, service levels, incidents, changes and evaluations."""

from todoke.systems.models.change import BusyPeriod, Change, Drill, DrillFinding, RestoreTest
from todoke.systems.models.evaluation import Evaluation, EvaluationScore
from todoke.systems.models.incident import Incident, IncidentStep, Outage
from todoke.systems.models.incident_notice import IncidentNotice
from todoke.systems.models.register import Contract, Dependency, InformationSystem, StandardTask, YearlyCost
from todoke.systems.models.sla import CreditStepRow, PlannedStop, Probe, ServiceLevel

__all__ = [
    "BusyPeriod",
    "Change",
    "Contract",
    "CreditStepRow",
    "Dependency",
    "Drill",
    "DrillFinding",
    "Evaluation",
    "EvaluationScore",
    "Incident",
    "IncidentNotice",
    "IncidentStep",
    "InformationSystem",
    "Outage",
    "PlannedStop",
    "Probe",
    "RestoreTest",
    "ServiceLevel",
    "StandardTask",
    "YearlyCost",
]
