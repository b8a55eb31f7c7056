"""Models of integrations: partners, keys, what was handed in once, what partners are told, parcels, imports."""

from todoke.integrations.models.answer_import import (
    AnswerImport,
    AnswerImportDefect,
    ColumnMapping,
    ImportedApplication,
    MappedColumn,
)
from todoke.integrations.models.api_key import ApiKey
from todoke.integrations.models.handed_in import HandedIn
from todoke.integrations.models.handover_line import HandoverLine
from todoke.integrations.models.national_application import NationalApplication
from todoke.integrations.models.parcel import Parcel, ParcelRow
from todoke.integrations.models.partner import MachineAccount, Partner
from todoke.integrations.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "AnswerImport",
    "AnswerImportDefect",
    "ApiKey",
    "ColumnMapping",
    "HandedIn",
    "HandoverLine",
    "ImportedApplication",
    "MachineAccount",
    "MappedColumn",
    "NationalApplication",
    "Parcel",
    "ParcelRow",
    "Partner",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
