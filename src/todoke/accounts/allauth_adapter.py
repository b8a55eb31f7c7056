"""Signing in 入室: wrong passwords are counted in the database, and so across all processes and machines."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from todoke.accounts.rate_limits import Limit, is_spent, spend

BY_ONE_PARTY = Limit("同じ発信元からの、同じ人の合言葉違い", 5, 300)
BY_ANYBODY = Limit("同じ人の合言葉違い", 50, 300)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The sign-in of allauth with a memory that processes share; few guesses from elsewhere lock nobody out."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if any(is_spent(limit, party) for limit, party in self._counted(request, credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        for limit, party in self._counted(request, credentials):
            spend(limit, party)

    @staticmethod
    def _counted(request: HttpRequest, credentials: dict[str, Any]) -> list[tuple[Limit, str]]:
        who = str(credentials.get("email") or credentials.get("username") or "").casefold()
        return [(BY_ONE_PARTY, f"{who} {request.META.get('REMOTE_ADDR', '')}"), (BY_ANYBODY, who)]
