from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class VoicesConfig(RoomConfig):
    name = "todoke.voices"
    verbose_name = "意見公募・共創・職員提案"
    permissions = "todoke.voices.permissions"
    receivers = "todoke.voices.receivers"
    mailed_links = "todoke.voices.mailed_links"
    notice_templates = "notices.toml"
    periodic = {
        "意見募集の締切": ("todoke.voices.tasks.close_consultations", timedelta(minutes=5)),
        "意見の集中の監視": ("todoke.voices.tasks.watch_arrivals", timedelta(minutes=10)),
        "提出者の情報の消去": ("todoke.voices.tasks.erase_due_senders", time(3, 20)),
        "募集の知らせの受取人の消去": ("todoke.voices.tasks.forget_followers", time(3, 25)),
    }
