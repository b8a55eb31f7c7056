from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class CasesConfig(RoomConfig):
    name = "todoke.cases"
    verbose_name = "案件"
    mailed_links = "todoke.cases.mail.mailed_links"
    permissions = "todoke.cases.permissions"
    receivers = "todoke.cases.receivers"
    notice_templates = "notices.toml"
    periodic = {
        "期限の過ぎた書出しの削除": ("todoke.cases.tasks.delete_expired_exports", timedelta(minutes=15)),
        "職員への知らせ": ("todoke.cases.tasks.tell_office", timedelta(minutes=1)),
        "送り忘れのお知らせ": ("todoke.cases.tasks.remind_of_drafts", timedelta(minutes=30)),
        "受付件数の集計": ("todoke.cases.tasks.count_intake", time(2, 10)),
        "下書きの掃除": ("todoke.cases.tasks.delete_abandoned_drafts", time(3, 50)),
    }
