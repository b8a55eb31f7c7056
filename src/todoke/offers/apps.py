from todoke.runtime.rooms import RoomConfig


class OffersConfig(RoomConfig):
    name = "todoke.offers"
    verbose_name = "公開版"
    mailed_links = "todoke.offers.mailed_links"
    permissions = "todoke.offers.permissions"
    receivers = "todoke.offers.receivers"
    notice_templates = "notices.toml"
