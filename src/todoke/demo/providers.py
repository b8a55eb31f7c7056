"""Identity providers of the demo 認証元: the three houses of the simulator, and a clerk who is joined to the third."""

from urllib.parse import urlsplit

from django.conf import settings

from todoke.accounts.models import User
from todoke.demo.processes import IDENTITIES
from todoke.federation.identity_providers import ShownLevel
from todoke.federation.models import GroupMapping, IdentityProvider, LinkedIdentity
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.provider_simulator.simulated_provider import SECRET, STRONG
from todoke.federation.provider_word import ProviderWord
from todoke.organization.models import Post

HOUSES = {
    "card": ("マイナンバーカード(練習用)", "resident", "ES256", 3, "3 3"),
    "business": ("事業者の認証(練習用)", "business", "RS256", 1, "2 2"),
    "staff": ("職員の認証(練習用)", "staff", "RS256", 1, "2 0"),
}
CLIENT = "todoke"


def simulator_address(port: int) -> str:
    """Return the address of the simulator of a demo on a port."""
    return f"http://127.0.0.1:{port + IDENTITIES}"


def build() -> None:
    """Register the three houses, and join a clerk as an administrator does."""
    admin = User.objects.get(email="admin@demo.example")
    base = simulator_address(urlsplit(settings.PUBLIC_URL).port or 8000)
    for slug, (name, audience, algorithm, least, worth) in HOUSES.items():
        staff = audience == "staff"
        IdentityProvider.register(
            by=admin, slug=slug, name=name, audience=audience, issuer=f"{base}/{slug}", client_id=CLIENT,
            client_proof="client_secret_basic" if staff else "private_key_jwt", secret=SECRET if staff else "",
            algorithms=algorithm, acr_levels=f"{STRONG[slug]} {worth}", least_authentication=least,
            reads_userinfo=slug == "card",
        )  # fmt: skip
    clerk, at = User.objects.get(email="clerk@demo.example"), IdentityProvider.objects.get(slug="staff")
    word = ProviderWord(at, PEOPLE["clerk"].subject(CLIENT), ShownLevel(2, 0))
    LinkedIdentity.link(clerk, word, by=admin)
    GroupMapping.register(
        at, value="受付担当", post=Post.objects.get(tenures__user=clerk), absence_closes=True, by=admin
    )


def follow_port(port: int) -> None:
    """Point the houses to the simulator beside the demo, on whichever port it is served this time."""
    for provider in IdentityProvider.objects.filter(slug__in=HOUSES):
        issuer = f"{simulator_address(port)}/{provider.slug}"
        if provider.issuer != issuer:
            LinkedIdentity.objects.filter(provider=provider).update(issuer=issuer)
            IdentityProvider.objects.filter(pk=provider.pk).update(issuer=issuer, metadata_at=None, keys_at=None)
