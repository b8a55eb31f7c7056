"""Template tags: providers 認証元 that a page offers, asked for only where one is shown."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from todoke.accounts.models import User
from todoke.federation.models import IdentityProvider, LinkedIdentity

register = template.Library()


@register.simple_tag
def providers_are_known() -> bool:
    """Whether there is another way to sign in than an address and a password."""
    return IdentityProvider.objects.usable().exists()


@register.simple_tag
def card_ways(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the providers by which a card is read, each with what a person would do there: the name of an address."""
    found = card_providers()
    if not isinstance(user, User):
        return [{"provider": one, "page": "portal:identification"} for one in found]
    linked = set(LinkedIdentity.objects.active().filter(user=user).values_list("provider", flat=True))
    return [
        {"provider": one, "page": "portal:step-up" if one.pk in linked else "portal:identity-link"} for one in found
    ]


def card_providers() -> QuerySet[IdentityProvider]:
    """Return the usable providers that ask residents for a card."""
    of_residents = IdentityProvider.objects.usable().filter(audience=IdentityProvider.Audience.RESIDENT)
    return of_residents.filter(least_authentication=3)
