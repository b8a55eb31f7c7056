from todoke.runtime.rooms import RoomConfig


class GuidanceConfig(RoomConfig):
    name = "todoke.guidance"
    verbose_name = "案内"
    mailed_links = "todoke.guidance.mailed_links"
    permissions = "todoke.guidance.permissions"
    notice_templates = "notices.toml"
