from todoke.runtime.rooms import RoomConfig


class ApiConfig(RoomConfig):
    name = "todoke.api"
    verbose_name = "連携の窓口"
    segment = "api"
