from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class SystemsConfig(RoomConfig):
    name = "todoke.systems"
    verbose_name = "システム台帳"
    mailed_links = "todoke.systems.mailed_links"
    permissions = "todoke.systems.permissions"
    notice_templates = "notices.toml"
    periodic = {
        "借りた機器の返却の知らせ": ("todoke.systems.tasks.remind_of_loans", time(9, 20)),
        "利用契約の知らせ": ("todoke.systems.tasks.tell_of_subscriptions", time(9, 30)),
        "自動化の実行の漏れ": ("todoke.systems.tasks.find_missed_runs", timedelta(minutes=15)),
    }
