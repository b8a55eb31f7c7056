from todoke.runtime.rooms import RoomConfig


class OffersConfig(RoomConfig):
    name = "todoke.offers"
    verbose_name = "公開版"
    permissions = "todoke.offers.permissions"
    receivers = "todoke.offers.receivers"
    notice_templates = "notices.toml"
