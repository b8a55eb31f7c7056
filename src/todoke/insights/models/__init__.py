"""Insights 指標: figures that outlive their cases, studies of measures, tables and charts, and what is published."""

from todoke.insights.models.certificate_issuance import CertificateRoute, IssuingBill, IssuingFee, StatementLayout
from todoke.insights.models.data_table import DataTable, TableColumn
from todoke.insights.models.dataset import Dataset, DatasetVersion
from todoke.insights.models.saved_chart import Dashboard, DashboardTile, SavedChart
from todoke.insights.models.study import Study
from todoke.insights.models.study_result import StudyConclusion, StudyPlan, StudyResult
from todoke.insights.models.use_records import ChannelCount, RateRecord, UseEvent
from todoke.insights.models.validation_run import DataDefect, RepairChoice, ValidationRun

__all__ = [
    "CertificateRoute", "ChannelCount", "Dashboard", "DashboardTile", "DataDefect", "DataTable", "Dataset",
    "DatasetVersion", "IssuingBill", "IssuingFee", "RateRecord", "RepairChoice", "SavedChart", "StatementLayout",
    "Study", "StudyConclusion", "StudyPlan", "StudyResult", "TableColumn", "UseEvent",
    "ValidationRun",
]  # fmt: skip
