"""Sign-out at a provider 認証元でのログアウト: the way there after the sign-out here, and who comes back from it.

OpenID Connect RP-Initiated Logout 1.0. The sign-out here never waits for it: who is sent there is signed out already.
"""

from urllib.parse import urlencode

from django.core import signing

from todoke.federation.identity_providers import IdentityProvider
from todoke.runtime.links import absolute

SALT, VALID = "todoke.federation.sign_out", 600


def return_address() -> str:
    """Return the address to which every provider leads back after a sign-out."""
    return absolute("portal:signed-out")


def end_session_address(slug: str, id_token: str) -> str:
    """Return where a person signs out at the provider as well; empty where it is not used or offers nothing.

    What was read of the provider last is enough: nothing is fetched, so that a provider that is down delays nobody.
    """
    provider = IdentityProvider.objects.usable().filter(slug=slug).first()
    address = str(provider.metadata.get("end_session_endpoint", "")) if provider else ""
    if provider is None or not address:
        return ""
    asked = {
        "id_token_hint": id_token, "client_id": provider.client_id, "post_logout_redirect_uri": return_address(),
        "state": signing.dumps(slug, salt=SALT),
    }  # fmt: skip
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def provider_left(state: str) -> IdentityProvider | None:
    """Return the provider at which somebody signed out, by the state that it sent back; None for any other text."""
    try:
        slug = signing.loads(state, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return IdentityProvider.objects.filter(slug=slug).first()
