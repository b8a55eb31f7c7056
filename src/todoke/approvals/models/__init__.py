"""Approvals 決裁: a proposal climbing a route of posts, decided by people in the capacity they have at that moment."""

from todoke.approvals.models.procurement import Procurement
from todoke.approvals.models.proposal import Proposal
from todoke.approvals.models.route import Branch, Route, RouteVersion, Stop
from todoke.approvals.models.route_draft import RouteDraft
from todoke.approvals.models.serial_numbers import NumberBook
from todoke.approvals.models.step import Decision, Dossier, Step
from todoke.approvals.models.substitution import Absence, Delegation, Deputy

__all__ = [
    "Absence",
    "Branch",
    "Decision",
    "Delegation",
    "Deputy",
    "Dossier",
    "NumberBook",
    "Procurement",
    "Proposal",
    "Route",
    "RouteDraft",
    "RouteVersion",
    "Step",
    "Stop",
]
