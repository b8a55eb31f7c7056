from todoke.runtime.rooms import RoomConfig


class IntegrationsConfig(RoomConfig):
    name = "todoke.integrations"
    verbose_name = "連携"
    permissions = "todoke.integrations.permissions"
