from todoke.runtime.rooms import RoomConfig


class RuntimeConfig(RoomConfig):
    name = "todoke.runtime"
    verbose_name = "運転"
    receivers = "todoke.runtime.production"
