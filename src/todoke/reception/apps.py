from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class ReceptionConfig(RoomConfig):
    name = "todoke.reception"
    verbose_name = "受付"
    receivers = "todoke.reception.receivers"
    mailed_links = "todoke.reception.mailed_links"
    notice_templates = "notices.toml"
    periodic = {
        "来庁のお知らせ": ("todoke.reception.tasks.remind_visitors", timedelta(minutes=10)),
        "終わった予約の使用料": ("todoke.reception.tasks.end_charges", timedelta(minutes=10)),
        "講座のお知らせ": ("todoke.reception.tasks.remind_learners", timedelta(minutes=30)),
    }
