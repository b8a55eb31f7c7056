"""Service requests サービスからの求め: what a service of the city may ask for, checked before allauth sees it.

allauth asks PKCE of public clients only and takes requests without a nonce; here every service sends both.
"""

from collections.abc import Mapping

from django.utils.translation import gettext

from todoke.federation.models import RelyingParty
from todoke.runtime.refusals import Unreadable

SHORTEST, LONGEST = 43, 128


def service_of(asked: Mapping[str, str]) -> RelyingParty:
    """Return the approved service that sends a person here. Raises Unreadable for a request that is not as strict."""
    party = RelyingParty.objects.usable().select_related("client").filter(client=asked.get("client_id", "")).first()
    good = (
        party is not None
        and asked.get("response_type") == "code"
        and asked.get("code_challenge_method") == "S256"
        and SHORTEST <= len(asked.get("code_challenge", "")) <= LONGEST
        and 0 < len(asked.get("nonce", "")) <= 255
        and 0 < len(asked.get("state", "")) <= 255
        and asked.get("redirect_uri") == party.return_address
        and set(asked.get("scope", "").split()) <= set(party.scopes.split())
        and asked.get("response_mode", "query") == "query"
    )
    if party is None or not good:
        raise Unreadable(gettext("サービスからの求めを受け付けられません。サービスから、もう一度はじめてください。"))
    return party
