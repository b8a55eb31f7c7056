"""Approval models 決裁: routes, proposals, steps, decisions, substitutions and procurements."""

from todoke.approvals.models.procurement import Procurement
from todoke.approvals.models.proposal import Proposal
from todoke.approvals.models.route import DecisionClass, Route, RouteVersion, Stop
from todoke.approvals.models.route_draft import RouteDraft
from todoke.approvals.models.serial_numbers import SerialCounter
from todoke.approvals.models.step import Dossier, Step, StepDecision
from todoke.approvals.models.substitution import Absence, Delegation, Deputy

__all__ = [
    "Absence",
    "DecisionClass",
    "Delegation",
    "Deputy",
    "Dossier",
    "Procurement",
    "Proposal",
    "Route",
    "RouteDraft",
    "RouteVersion",
    "SerialCounter",
    "Step",
    "StepDecision",
    "Stop",
]
