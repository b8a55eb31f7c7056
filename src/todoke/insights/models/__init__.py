"""Insights 指標: figures that outlive their cases, studies of what a measure changed, tables and charts."""

from todoke.insights.models.data_table import DataTable, TableColumn
from todoke.insights.models.saved_chart import Dashboard, DashboardTile, SavedChart
from todoke.insights.models.study import Study
from todoke.insights.models.study_result import StudyConclusion, StudyPlan, StudyResult
from todoke.insights.models.use_records import ChannelCount, RateRecord, UseEvent

__all__ = [
    "ChannelCount", "Dashboard", "DashboardTile", "DataTable", "RateRecord", "SavedChart", "Study", "StudyConclusion",
    "StudyPlan", "StudyResult", "TableColumn", "UseEvent",
]  # fmt: skip
