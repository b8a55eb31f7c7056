from datetime import timedelta
from importlib import import_module

from todoke.runtime.rooms import RoomConfig


class FederationConfig(RoomConfig):
    name = "todoke.federation"
    verbose_name = "認証連携"
    permissions = "todoke.federation.permissions"
    notice_templates = "notices.toml"
    periodic = {"古い認証の往復の整理": ("todoke.federation.tasks.delete_old_requests", timedelta(hours=1))}

    def ready(self) -> None:
        """Let allauth keep its authorization codes where every process finds them, once each."""
        super().ready()
        codes = import_module("allauth.idp.oidc.internal.oauthlib.authorization_codes")
        store = import_module("todoke.federation.service_sign_in.issued_codes")
        codes.cache = store.CodeStore()  # type: ignore[attr-defined] # a name of the library's module
