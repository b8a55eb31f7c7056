from datetime import time

from todoke.runtime.rooms import RoomConfig


class FlowsConfig(RoomConfig):
    name = "todoke.flows"
    verbose_name = "業務フロー"
    permissions = "todoke.flows.permissions"
    periodic = {"計算の依頼の掃除": ("todoke.flows.tasks.delete_expired", time(3, 40))}
