"""Flows 業務フロー: process model drafts, their frozen versions, and counter experience surveys."""

from todoke.flows.models.calculation import Calculation
from todoke.flows.models.flow import Flow, FlowQuerySet, FlowVersion
from todoke.flows.models.survey import ExperienceStep, ExperienceSurvey, Improvement, Persona

__all__ = [
    "Calculation",
    "ExperienceStep",
    "ExperienceSurvey",
    "Flow",
    "FlowQuerySet",
    "FlowVersion",
    "Improvement",
    "Persona",
]
