"""Insights 指標: figures that outlive their cases, and studies of what a measure changed."""

from todoke.insights.models.study import Study
from todoke.insights.models.study_result import StudyConclusion, StudyPlan, StudyResult
from todoke.insights.models.use_records import ChannelCount, RateRecord, UseEvent

__all__ = ["ChannelCount", "RateRecord", "Study", "StudyConclusion", "StudyPlan", "StudyResult", "UseEvent"]
