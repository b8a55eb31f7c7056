from todoke.runtime.rooms import RoomConfig


class ProceduresConfig(RoomConfig):
    name = "todoke.procedures"
    verbose_name = "手続"
    permissions = "todoke.procedures.permissions"
    mailed_links = "todoke.procedures.mailed_links"
    notice_templates = "notices.toml"
