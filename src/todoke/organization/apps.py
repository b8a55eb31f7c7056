from todoke.runtime.rooms import RoomConfig


class OrganizationConfig(RoomConfig):
    name = "todoke.organization"
    verbose_name = "組織"
    receivers = "todoke.organization.receivers"
