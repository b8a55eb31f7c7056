from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class PointsConfig(RoomConfig):
    name = "todoke.points"
    verbose_name = "ポイント"
    permissions = "todoke.points.permissions"
    mailed_links = "todoke.points.mailed_links"
    receivers = "todoke.points.receivers"
    periodic = {
        "ポイントの失効": ("todoke.points.tasks.expire_points", timedelta(hours=12)),
        "ポイントの期限の知らせ": ("todoke.points.tasks.remind_of_expiry", time(9, 10)),
    }
    notice_templates = "notices.toml"
