"""Flows 業務フロー: drafts, frozen versions, and the surveys of what residents experience."""

from todoke.flows.models.flow import Flow, FlowVersion
from todoke.flows.models.survey import ExperienceStep, ExperienceSurvey, Improvement, Persona

__all__ = [
    "ExperienceStep",
    "ExperienceSurvey",
    "Flow",
    "FlowVersion",
    "Improvement",
    "Persona",
]
