from todoke.runtime.rooms import RoomConfig


class WorkforceConfig(RoomConfig):
    name = "todoke.workforce"
    verbose_name = "職員の働き方"
    permissions = "todoke.workforce.permissions"
