from todoke.runtime.rooms import RoomConfig


class CasesConfig(RoomConfig):
    name = "todoke.cases"
    verbose_name = "案件"
    permissions = "todoke.cases.permissions"
    receivers = "todoke.cases.receivers"
    notice_templates = "notices.toml"
