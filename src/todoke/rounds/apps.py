from todoke.runtime.rooms import RoomConfig


class RoundsConfig(RoomConfig):
    name = "todoke.rounds"
    verbose_name = "棚卸"
    permissions = "todoke.rounds.permissions"
    notice_templates = "notices.toml"
