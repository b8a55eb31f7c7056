"""Models of integrations: partners and their machine accounts, keys, and what was handed in under a retry key."""

from todoke.integrations.models.api_key import ApiKey
from todoke.integrations.models.handed_in import HandedIn
from todoke.integrations.models.partner import MachineAccount, Partner

__all__ = ["ApiKey", "HandedIn", "MachineAccount", "Partner"]
