from todoke.runtime.rooms import RoomConfig


class ApprovalsConfig(RoomConfig):
    name = "todoke.approvals"
    verbose_name = "決裁"
    permissions = "todoke.approvals.permissions"
