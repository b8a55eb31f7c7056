"""Shared limits 共通の回数制限: allauth's rate limits, counted in the database for all processes and by the asker.

A limit slows whoever asks (a known device, else the client's address), never the account that is asked for.
"""

from dataclasses import dataclass
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from todoke.accounts.known_devices import asker_of
from todoke.accounts.rate_limits import RateLimit, forget, hit, is_exceeded, take_back


@dataclass(frozen=True)
class Usage:
    """使った一回: allauth takes it back after a right password."""

    limit: RateLimit
    client: str

    def rollback(self) -> None:
        take_back(self.limit, self.client)


def consume(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    dry_run: bool = False,
    limit_get: bool = False,
    raise_exception: bool = False,
    **of: Any,
) -> ratelimit.RateLimitUsage | None:
    """Count one use of an action, ``of`` a key or a user; None when a limit is exceeded.

    Raises RateLimited instead if ``raise_exception``.
    """
    used: list[Usage] = []
    for rate in ratelimit.get_rates(app=app, action=action, config=config) if _counts(request, limit_get) else ():
        limit, client = _limit_of(app, action, rate), _client_of(request, rate, **of)
        if is_exceeded(limit, client) if dry_run else not hit(limit, client):
            if raise_exception:
                raise RateLimited
            return None
        used.append(Usage(limit, client))
    return ratelimit.RateLimitUsage(usage=[] if dry_run else used)


def clear(request: HttpRequest, *, app: str, action: str, config: dict[str, str] | None = None, **of: Any) -> None:
    """Forget the uses of an action by this asker."""
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        forget(_limit_of(app, action, rate), _client_of(request, rate, **of))


def _counts(request: HttpRequest, limit_get: bool) -> bool:
    return limit_get or request.method != "GET"


def _limit_of(app: str, action: str, rate: Any) -> RateLimit:
    return RateLimit(f"{app} {action} {rate}", rate.amount, int(rate.duration))


def _client_of(request: HttpRequest, rate: Any, key: str | None = None, user: Any = None) -> str:
    who = {"ip": "", "key": key or "", "user": f"user {(user or request.user).pk}"}[rate.per]
    return f"{who} {asker_of(request)}"
