from todoke.runtime.rooms import RoomConfig


class ProvingConfig(RoomConfig):
    name = "todoke.proving"
    verbose_name = "検証"
