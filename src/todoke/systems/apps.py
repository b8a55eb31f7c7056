from todoke.runtime.rooms import RoomConfig


class SystemsConfig(RoomConfig):
    name = "todoke.systems"
    verbose_name = "システム台帳"
    notice_templates = "notices.toml"
