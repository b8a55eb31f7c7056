from typing import Any

from django.apps import AppConfig, apps

from todoke.runtime.read_only_mode import read_only


class AccountsConfig(AppConfig):
    name = "todoke.accounts"
    verbose_name = "利用者"

    def ready(self) -> None:
        """Skip allauth's write on each use of a second factor in read-only mode; allauth has no hook for it."""
        authenticator: Any = apps.get_model("mfa", "Authenticator")
        note = authenticator.record_usage

        def record_usage(used: Any) -> None:
            if read_only() is None:
                note(used)

        authenticator.record_usage = record_usage
