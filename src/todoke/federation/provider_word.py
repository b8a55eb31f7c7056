"""Provider word 認証元の答え: what a provider said of a person, after every check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.crypto import salted_hmac

from todoke.federation.identity_providers import IdentityProvider, ShownLevel


@dataclass(frozen=True)
class ProviderWord:
    """認証元の答え: who was identified, how strongly and when; groups and attributes are passed on, never kept."""

    provider: IdentityProvider
    subject: str
    level: ShownLevel
    acr: str = ""
    sid: str = ""
    authenticated_at: datetime | None = None
    groups: tuple[str, ...] = ()
    attributes: Mapping[str, str] | None = None
    id_token: str = field(default="", repr=False)
    """Shown once more to the provider when the person signs out; only the session keeps it."""

    @property
    def seal(self) -> str:
        """Return an HMAC by which the same person is recognised, and nothing else of them."""
        mark = f"{self.provider.issuer} {self.subject}"
        return salted_hmac("todoke.federation.provider_word", mark, algorithm="sha256").hexdigest()
