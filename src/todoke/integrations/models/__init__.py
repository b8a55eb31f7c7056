"""Models of integrations: partners and their accounts, keys, what was handed in once, and what partners are told."""

from todoke.integrations.models.api_key import ApiKey
from todoke.integrations.models.handed_in import HandedIn
from todoke.integrations.models.partner import MachineAccount, Partner
from todoke.integrations.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = ["ApiKey", "HandedIn", "MachineAccount", "Partner", "WebhookDelivery", "WebhookEndpoint", "WebhookEvent"]
