"""Connected services of the demo 連携サービス: registered by one administrator, approved by another."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from todoke.accounts.models import User
from todoke.demo.city_services import NAMES, CityService
from todoke.demo.processes import SERVICES, base_url
from todoke.federation.models import RelyingParty
from todoke.organization.models import Department

SECRETS = "demo-services.json"
OWNER = "DX推進課"


def build() -> None:
    """Register and approve the three services; their secrets lie in a file of the demo."""
    first, second = (User.objects.get(email=f"{name}@demo.example") for name in ("admin", "admin2"))
    port, kept = urlsplit(settings.PUBLIC_URL).port or 8000, {}
    for place, (key, name) in enumerate(NAMES.items()):
        party, secret = RelyingParty.register(
            name=name, department=Department.objects.get(name=OWNER), return_address=_return_address(port, place),
            scopes="openid", by=first,
        )  # fmt: skip
        party.approve(by=second)
        kept[key] = {"client_id": str(party.client_id), "secret": secret}
    path = settings.VAR / SECRETS
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(0o600)
    path.write_text(json.dumps(kept), encoding="ascii")


def _return_address(port: int, place: int) -> str:
    return f"http://127.0.0.1:{port + SERVICES + place}/return"


def known(port: int) -> Iterator[tuple[int, CityService]]:
    """Yield the services of the demo on a port, each with its own port."""
    path = settings.VAR / SECRETS
    kept = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
    for place, (key, found) in enumerate(kept.items()):
        address = _return_address(port, place)
        yield (
            port + SERVICES + place,
            CityService(NAMES[key], base_url(port), found["client_id"], found["secret"], address),
        )


def follow_port(port: int) -> None:
    """Let the services lead back to where they stand beside the demo this time."""
    for place, name in enumerate(NAMES.values()):
        party = RelyingParty.objects.select_related("client").filter(name=name).first()
        if party is not None and party.return_address != _return_address(port, place):
            party.client.set_redirect_uris([_return_address(port, place)])
            party.client.save(update_fields=["redirect_uris"])
