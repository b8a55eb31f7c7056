from todoke.runtime.rooms import RoomConfig


class AdmissionsConfig(RoomConfig):
    name = "todoke.admissions"
    verbose_name = "利用調整"
    permissions = "todoke.admissions.permissions"
    receivers = "todoke.admissions.receivers"
    notice_templates = "notices.toml"
