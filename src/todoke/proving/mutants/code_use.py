"""Mutants of codes and limits 番号と回数の欠陥: state of one process, and limits that hit the victim."""

from typing import Any

from todoke.accounts import (
    browser_id,
    rate_limits,
    reauthentication_codes,
    shared_limits,
    sign_in_limits,
    used_codes,
)
from todoke.cases import guest_access
from todoke.portal import status_requests
from todoke.portal.views import status

limits: Any = rate_limits
asking: Any = shared_limits
COUNTING: list[Any] = [shared_limits, sign_in_limits, guest_access, reauthentication_codes]
BINDING: list[Any] = [browser_id, reauthentication_codes, status_requests, status]


def counter_of_each_process() -> None:
    """Count tries in the memory of each process."""
    for module in COUNTING:
        module.hit = limits._hit_in_memory
    asking.is_exceeded = lambda limit, client: False


def used_codes_of_each_process() -> None:
    """Remember used codes in the memory of each process."""
    used: set[tuple[str, str]] = set()

    def use(factor: str, code: str, valid: object = None) -> bool:
        fresh = (factor, code) not in used
        used.add((factor, code))
        return fresh

    setattr(used_codes.UsedCode, "use", staticmethod(use))  # noqa: B010 - a fault replaces a verb


def account_locked() -> None:
    """Count wrong tries for the account that is asked for, whoever asks."""
    asking.asker_of = lambda request: ""


def code_of_any_browser() -> None:
    """Let a mailed code open in every browser."""
    for module in BINDING:
        module.browser_id = lambda session: "any"
