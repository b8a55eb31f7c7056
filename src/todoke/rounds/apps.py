from todoke.runtime.rooms import RoomConfig


class RoundsConfig(RoomConfig):
    name = "todoke.rounds"
    verbose_name = "棚卸"
    mailed_links = "todoke.rounds.mailed_links"
    permissions = "todoke.rounds.permissions"
    notice_templates = "notices.toml"
