"""What the addresses of identity providers are about."""

from django.utils import timezone

from tests.cast.role_matrix.world import World
from todoke.federation.identity_providers import ShownLevel
from todoke.federation.models import (
    GroupMapping,
    IdentityProvider,
    LinkedIdentity,
    RelyingParty,
    ServiceConsent,
    StaffArrival,
)
from todoke.federation.provider_word import ProviderWord
from todoke.organization.models import Post

Places = dict[str, dict[str, str]]
ISSUER = "https://10.255.255.1"
"""An address that is not public, so that nobody is called."""


NAMES = {"resident": "カードの認証", "staff": "職員の認証"}


def provider(world: World, slug: str, audience: str) -> IdentityProvider:
    """A provider whose metadata and keys were read just now, so that nobody is asked."""
    made = IdentityProvider.register(
        by=world.people["administrator"], slug=slug, name=NAMES[audience], audience=audience,
        issuer=f"{ISSUER}/{slug}", client_id="todoke", client_proof="private_key_jwt", algorithms="ES256",
        scopes="openid", acr_levels="strong 3 3", least_authentication=3 if audience == "resident" else 1,
    )  # fmt: skip
    pages = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    made.metadata, made.metadata_at = {page: f"{ISSUER}/{slug}/{page}" for page in pages}, timezone.now()
    made.keys_document, made.keys_at, made.refetched_at = {"keys": []}, timezone.now(), timezone.now()
    made.save()
    return made


def connected(world: World) -> str:
    """A service of the city that waits for its approval and that the applicant has consented to; its number."""
    party, _ = RelyingParty.register(
        name="図書館の予約", department=world.case.department, return_address=f"{ISSUER}/return", scopes="openid",
        by=world.people["administrator"],
    )  # fmt: skip
    ServiceConsent.give(party, by=world.people["applicant"])
    return str(party.client_id)


def identities(world: World) -> Places:
    """A provider for residents to whom the applicant is linked, and one for staff with an arrival."""
    card, staff = provider(world, "card", "resident"), provider(world, "staff", "staff")
    admin, owner = world.people["administrator"], world.people["applicant"]
    LinkedIdentity.link(owner, ProviderWord(card, "owner", ShownLevel(3, 3)), by=owner)
    post = Post.objects.get(tenures__user=world.people["clerk"])
    mapping = GroupMapping.register(staff, value="受付担当", post=post, absence_closes=True, by=admin)
    arrival = StaffArrival.note(ProviderWord(staff, "newcomer", ShownLevel(1, 0), attributes={"name": "職員 新人"}))
    link = LinkedIdentity.link(world.people["clerk"], ProviderWord(staff, "clerk", ShownLevel(2, 0)), by=admin)
    of_staff = {"slug": "staff"}
    service = {"client": connected(world)}
    return {
        "portal:sign-in": {"slug": "card"}, "portal:identi": {"slug": "card"}, "portal:step-up": {"slug": "card"},
        "portal:client-keys": {"slug": "card"}, "portal:provider-logout": {"slug": "card"},
        "portal:service-ending": service, "office:service": service,
        "office:provider": of_staff, "office:group-mapping": of_staff,
        "office:group-differences": of_staff,
        "office:group-mapping-removal": of_staff | {"pk": str(mapping.pk)},
        "office:arrival": of_staff | {"pk": str(arrival.pk)},
        "office:link-withdrawal": of_staff | {"pk": str(link.pk)},
    }  # fmt: skip
