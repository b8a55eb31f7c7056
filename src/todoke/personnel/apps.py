from todoke.runtime.rooms import RoomConfig


class PersonnelConfig(RoomConfig):
    name = "todoke.personnel"
    verbose_name = "職員の登録"
    permissions = "todoke.personnel.permissions"
    mailed_links = "todoke.personnel.mailed_links"
    notice_templates = "notices.toml"
