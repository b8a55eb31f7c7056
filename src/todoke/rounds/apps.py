from todoke.runtime.rooms import RoomConfig


class RoundsConfig(RoomConfig):
    name = "todoke.rounds"
    verbose_name = "棚卸"
    notice_templates = "notices.toml"
