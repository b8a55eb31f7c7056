from todoke.runtime.rooms import RoomConfig


class AdmissionsConfig(RoomConfig):
    name = "todoke.admissions"
    verbose_name = "利用調整"
    permissions = "todoke.admissions.permissions"
    receivers = "todoke.admissions.receivers"
    mailed_links = "todoke.admissions.mailed_links"
    notice_templates = "notices.toml"
