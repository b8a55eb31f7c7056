from datetime import time

from todoke.runtime.rooms import RoomConfig


class InsightsConfig(RoomConfig):
    name = "todoke.insights"
    verbose_name = "指標"
    permissions = "todoke.insights.permissions"
    receivers = "todoke.insights.receivers"
    periodic = {
        "割合の記録": ("todoke.insights.tasks.record_yesterday", time(0, 20)),
        "区の数値の公開": ("todoke.insights.tasks.publish_last_month", time(1, 20)),
        "集計表の消去": ("todoke.insights.tasks.erase_expired_tables", time(0, 40)),
    }
