from datetime import time
from importlib import import_module
from typing import Any

from allauth.core.internal import ratelimit
from django.apps import apps

from todoke.runtime.read_only_mode import read_only
from todoke.runtime.rooms import RoomConfig


class AccountsConfig(RoomConfig):
    name = "todoke.accounts"
    verbose_name = "利用者"
    receivers = "todoke.accounts.receivers"
    periodic = {"古い試行の整理": ("todoke.accounts.tasks.delete_old_tries", time(3, 10))}

    def ready(self) -> None:
        """Replace what allauth has no setting for: limits counted per process, and a write on each use of a factor."""
        super().ready()
        _count_limits_for_all_processes()
        authenticator: Any = apps.get_model("mfa", "Authenticator")
        note = authenticator.record_usage

        def record_usage(used: Any) -> None:
            if read_only() is None:
                note(used)

        authenticator.record_usage = record_usage


def _count_limits_for_all_processes() -> None:
    """Let allauth count its limits with ``shared_limits`` instead of the cache of one process."""
    limits = import_module("todoke.accounts.shared_limits")
    ratelimit.consume, ratelimit.clear = limits.consume, limits.clear
