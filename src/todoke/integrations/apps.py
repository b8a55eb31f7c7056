from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class IntegrationsConfig(RoomConfig):
    name = "todoke.integrations"
    verbose_name = "連携"
    notice_templates = "notices.toml"
    mailed_links = "todoke.integrations.mailed_links"
    permissions = "todoke.integrations.permissions"
    periodic = {"連携先への知らせ": ("todoke.integrations.tasks.tell_partners", timedelta(minutes=1))}
