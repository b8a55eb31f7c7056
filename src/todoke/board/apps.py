from todoke.runtime.rooms import RoomConfig


class BoardConfig(RoomConfig):
    name = "todoke.board"
    verbose_name = "推進本部"
    permissions = "todoke.board.permissions"
    navigation = "todoke.board.navigation"
    segment = "board"
