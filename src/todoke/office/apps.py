from todoke.runtime.rooms import RoomConfig


class OfficeConfig(RoomConfig):
    name = "todoke.office"
    verbose_name = "職員"
    permissions = "todoke.office.permissions"
    navigation = "todoke.office.navigation"
    segment = "office"
