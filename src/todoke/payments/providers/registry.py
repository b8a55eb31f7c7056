"""Which name means which provider (決済事業者の一覧)."""

from todoke.payments.providers.port import Provider
from todoke.payments.providers.simulator import NAME as SIMULATOR
from todoke.payments.providers.simulator import Simulator

PROVIDERS: dict[str, type[Provider]] = {SIMULATOR: Simulator}


def provider(name: str) -> Provider:
    """Return a provider by its name. Raises KeyError for a name that is not configured."""
    return PROVIDERS[name]()
