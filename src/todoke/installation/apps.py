from todoke.runtime.rooms import RoomConfig


class InstallationConfig(RoomConfig):
    name = "todoke.installation"
    verbose_name = "開設"
    permissions = "todoke.installation.permissions"
    receivers = "todoke.installation.receivers"
