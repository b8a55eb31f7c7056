from todoke.runtime.rooms import RoomConfig


class SystemsConfig(RoomConfig):
    name = "todoke.systems"
    verbose_name = "システム台帳"
    mailed_links = "todoke.systems.mailed_links"
    permissions = "todoke.systems.permissions"
    notice_templates = "notices.toml"
