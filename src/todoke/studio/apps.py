from todoke.runtime.rooms import RoomConfig


class StudioConfig(RoomConfig):
    name = "todoke.studio"
    verbose_name = "設計"
    permissions = "todoke.studio.permissions"
    navigation = "todoke.studio.navigation"
    segment = "studio"
