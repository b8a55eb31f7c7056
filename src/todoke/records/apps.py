from todoke.runtime.rooms import RoomConfig


class RecordsConfig(RoomConfig):
    name = "todoke.records"
    verbose_name = "公文書"
    permissions = "todoke.records.permissions"
