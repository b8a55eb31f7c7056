from todoke.runtime.rooms import RoomConfig


class FederationConfig(RoomConfig):
    name = "todoke.federation"
    verbose_name = "認証連携"
    permissions = "todoke.federation.permissions"
