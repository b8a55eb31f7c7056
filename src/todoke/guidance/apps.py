from todoke.runtime.rooms import RoomConfig


class GuidanceConfig(RoomConfig):
    name = "todoke.guidance"
    verbose_name = "案内"
    permissions = "todoke.guidance.permissions"
    notice_templates = "notices.toml"
