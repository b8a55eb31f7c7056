from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class FederationConfig(RoomConfig):
    name = "todoke.federation"
    verbose_name = "認証連携"
    permissions = "todoke.federation.permissions"
    notice_templates = "notices.toml"
    periodic = {"古い認証の往復の整理": ("todoke.federation.tasks.delete_old_requests", timedelta(hours=1))}
