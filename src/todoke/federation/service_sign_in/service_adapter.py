"""Service adapter サービスへ渡すもの: what allauth's provider says of a person, and with which key it signs."""

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from todoke.accounts.models import User
from todoke.federation.service_sign_in.relying_parties import PairwiseSubject

KEY_FILE = "service-key.pem"


class ServiceAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth carries no types
    """Adapter of allauth's provider: a subject for each sector, and of a person only the name and the address."""

    def get_issuer(self) -> str:
        """Return the address of this installation."""
        return settings.PUBLIC_URL

    def get_user_sub(self, client: Client, user: User) -> str:
        """Return what the services of the client's sector know a person by."""
        return PairwiseSubject.of(client.relying_party.sector, user)

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        """Return the active person of a subject, in the client's own sector."""
        of_sector = PairwiseSubject.objects.filter(sector=client.relying_party.sector, subject=sub)
        found = of_sector.filter(user__is_active=True).select_related("user").first()
        return found.user if found else None

    def get_claims(
        self, purpose: str, user: User, client: Client, scopes: Iterable[str], email: str | None = None, **terms: Any
    ) -> dict[str, Any]:
        """Return the subject and, where the service may have them, name and mail address; never more."""
        claims = {"sub": self.get_user_sub(client, user)}
        if "profile" in scopes:
            claims["name"] = user.name
        if "email" in scopes:
            claims["email"] = user.email
        return claims

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Say what is offered, and nothing else."""
        for name in ("device_authorization_endpoint", "end_session_endpoint"):
            data.pop(name, None)
        data |= {
            "subject_types_supported": ["pairwise"], "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "claims_supported": ["iss", "sub", "aud", "exp", "iat", "nonce", "name", "email"],
        }  # fmt: skip

    def list_private_keys(self, **terms: Any) -> list[PrivateKey]:
        """Return the one key that signs."""
        return [PrivateKey(pem=signing_key())]


def signing_key() -> str:
    """Return the RSA key of the settings, or one made once into a private file, in PEM."""
    if settings.SERVICE_KEY:
        return settings.SERVICE_KEY
    path = settings.VAR / KEY_FILE
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(0o600)
        fresh.write_bytes(pem)
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="ascii")
