from todoke.runtime.rooms import RoomConfig


class FlowsConfig(RoomConfig):
    name = "todoke.flows"
    verbose_name = "業務フロー"
    permissions = "todoke.flows.permissions"
