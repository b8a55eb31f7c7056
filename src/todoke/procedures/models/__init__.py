"""手続の模型: models of the inventory."""

from todoke.procedures.models.code import Code, CodeSpelling, install_code_tables
from todoke.procedures.models.duplicate_candidate import DuplicateCandidate
from todoke.procedures.models.field_change import FieldChange
from todoke.procedures.models.flow_links import ProcedureFlow, ProcedureSurvey
from todoke.procedures.models.import_rows import ImportAlias, ImportedChange, ImportRow
from todoke.procedures.models.imports import ImportChange, ImportDefect, ImportRun
from todoke.procedures.models.judgement import Judgement
from todoke.procedures.models.listing_request import ListingRequest
from todoke.procedures.models.municipal import LegalBasis, PaperForm, Volume
from todoke.procedures.models.procedure import (
    CodedValue,
    Procedure,
    ProcedureQuerySet,
    next_serial,
    procedure_number,
    unsuitable_by_nature,
)

__all__ = [
    "Code",
    "CodeSpelling",
    "CodedValue",
    "DuplicateCandidate",
    "FieldChange",
    "ImportAlias",
    "ImportChange",
    "ImportDefect",
    "ImportRow",
    "ImportRun",
    "ImportedChange",
    "Judgement",
    "LegalBasis",
    "ListingRequest",
    "PaperForm",
    "Procedure",
    "ProcedureFlow",
    "ProcedureQuerySet",
    "ProcedureSurvey",
    "Volume",
    "install_code_tables",
    "next_serial",
    "procedure_number",
    "unsuitable_by_nature",
]
