from todoke.runtime.rooms import RoomConfig


class DemoConfig(RoomConfig):
    name = "todoke.demo"
    verbose_name = "デモ区"
