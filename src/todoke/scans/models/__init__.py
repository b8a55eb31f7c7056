"""Scans 読取り: templates, batches of sheets, what was read, what people entered, gates and baseline."""

from todoke.scans.models.field_verification import FieldVerification
from todoke.scans.models.read_fields import FieldReading
from todoke.scans.models.scan_baseline import ScanBaseline
from todoke.scans.models.scan_batch import ScanBatch
from todoke.scans.models.scan_gate import ScanGate
from todoke.scans.models.scan_sheet import ScanSheet
from todoke.scans.models.scan_template import ScanTemplate
from todoke.scans.models.scan_template_draft import ScanTemplateDraft

__all__ = [
    "FieldReading",
    "FieldVerification",
    "ScanBaseline",
    "ScanBatch",
    "ScanGate",
    "ScanSheet",
    "ScanTemplate",
    "ScanTemplateDraft",
]
