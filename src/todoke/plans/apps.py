from todoke.runtime.rooms import RoomConfig


class PlansConfig(RoomConfig):
    name = "todoke.plans"
    verbose_name = "計画"
    permissions = "todoke.plans.permissions"
