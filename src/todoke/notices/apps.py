from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class NoticesConfig(RoomConfig):
    name = "todoke.notices"
    verbose_name = "通知"
    mailed_links = "todoke.notices.mailed_links"
    permissions = "todoke.notices.permissions"
    notice_templates = "notices.toml"
    receivers = "todoke.notices.receivers"
    periodic = {
        "配達できなかった通知のまとめ": ("todoke.notices.tasks.send_digest", time(7, 30)),
        "受け渡しの期限": ("todoke.notices.tasks.delete_expired_files", timedelta(hours=1)),
        "使えなくなった番号とリンクの消去": ("todoke.notices.tasks.erase_ended_secrets", timedelta(minutes=15)),
    }
