"""Key authentication 鍵の確認: which machine sends a request, by the key in its header alone.

Cookies and sessions are never read. A key in an address stands in logs of proxies, so it is refused and revoked.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, TooOften, hit, is_exceeded
from todoke.integrations.models import ApiKey, MachineAccount, Partner
from todoke.integrations.models.api_key import SHAPE
from todoke.integrations.scopes import Scope
from todoke.runtime.client_address import client_key
from todoke.runtime.refusals import NotAllowed, Refused

PER_MACHINE = RateLimit("api-machine", 600, 60)
PER_CLIENT = RateLimit("api-client", 300, 60)
WRONG_KEYS = RateLimit("api-wrong-keys", 20, 300)


class KeyInAddress(Refused):
    """アドレスの中の鍵: the key came in an address; it is revoked."""

    status = 400


class TooMany(TooOften):
    """回数の制限: too many requests of a machine or a client within a minute."""

    retry_after = 60


class KeyAuthentication(HttpBearer):
    """連携鍵の確認: returns the machine account of a live key, from a network that its partner named."""

    def __call__(self, request: HttpRequest) -> MachineAccount | None:
        _refuse_keys_in_address(request)
        return cast(MachineAccount | None, super().__call__(request))

    def authenticate(self, request: HttpRequest, token: str) -> MachineAccount | None:
        """Return the account of a key that may enter now, else None. Raises TooMany beyond the limits."""
        client = client_key(request.META.get("REMOTE_ADDR", ""))
        if is_exceeded(WRONG_KEYS, client):
            raise TooMany
        named = ApiKey.objects.named_by(token).select_related("machine__partner__department", "machine__user")
        key = named.live().first()
        if key is None or not _may_enter(key, request):
            hit(WRONG_KEYS, client)
            return None
        if not hit(PER_MACHINE, str(key.machine_id)):
            raise TooMany
        key.note_use()
        return key.machine


def _may_enter(key: ApiKey, request: HttpRequest) -> bool:
    is_used = key.machine.partner.status == Partner.Status.APPROVED and key.machine.user.is_active
    return is_used and key.is_allowed_from(request.META.get("REMOTE_ADDR", ""))


def _refuse_keys_in_address(request: HttpRequest) -> None:
    shown = [value for values in request.GET.lists() for value in values[1] if SHAPE.fullmatch(value)]
    if not shown:
        return
    for key in ApiKey.objects.named_by(shown[0]):
        key.revoke(by=System(), reason="アドレスに書かれて届いたため")
    raise KeyInAddress("鍵がアドレスに書かれていたので、失効させました。新しい鍵を受け取り、見出しに入れてください。")


def machine_of(request: HttpRequest, scope: Scope) -> MachineAccount:
    """Return the machine that sends a request. Raises NotAllowed unless its partner holds the scope."""
    machine = cast(MachineAccount, request.auth)  # type: ignore[attr-defined] # ninja sets it
    if scope not in machine.partner.allowed:
        raise NotAllowed(f"この連携先には「{scope.label}」が許されていません。システム管理担当に確かめてください。")
    return machine


def user_of_machine(request: HttpRequest, scope: Scope) -> User:
    """Return the account with whose post the machine works. Raises NotAllowed as ``machine_of`` does."""
    return machine_of(request, scope).user


def limited(view: Callable[..., Any]) -> Callable[..., Any]:
    """Limit how often one client may ask what everybody may read."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not hit(PER_CLIENT, client_key(request.META.get("REMOTE_ADDR", ""))):
            raise TooMany
        return view(request, *args, **kwargs)

    return asked
