"""Sign-in limits 合言葉違いの制限: counts wrong passwords in the database, across all processes and machines."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from todoke.accounts.rate_limits import RateLimit, hit, is_exceeded

PER_CLIENT = RateLimit("同じ発信元からの、同じ人の合言葉違い", 5, 300)
PER_ACCOUNT = RateLimit("同じ人の合言葉違い", 50, 300)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Account adapter of allauth with shared rate limits: five wrong passwords a client, fifty an account, in 5 min."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if any(is_exceeded(limit, client) for limit, client in self._limits(request, credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        for limit, client in self._limits(request, credentials):
            hit(limit, client)

    @staticmethod
    def _limits(request: HttpRequest, credentials: dict[str, Any]) -> list[tuple[RateLimit, str]]:
        who = str(credentials.get("email") or credentials.get("username") or "").casefold()
        return [(PER_CLIENT, f"{who} {request.META.get('REMOTE_ADDR', '')}"), (PER_ACCOUNT, who)]
