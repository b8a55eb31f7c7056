from todoke.runtime.rooms import RoomConfig


class ProceduresConfig(RoomConfig):
    name = "todoke.procedures"
    verbose_name = "手続"
    permissions = "todoke.procedures.permissions"
