from todoke.runtime.rooms import RoomConfig


class PortalConfig(RoomConfig):
    name = "todoke.portal"
    verbose_name = "住民"
    navigation = "todoke.portal.navigation"
    mailed_links = "todoke.portal.identities.mailed_links"
    receivers = "todoke.web.converters"
