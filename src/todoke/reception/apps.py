from datetime import time, timedelta

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
        "確かめていない受講申込": ("todoke.reception.tasks.end_unanswered_enrolments", timedelta(minutes=1)),
        "納期限の過ぎた受講料": ("todoke.reception.tasks.end_unpaid_enrolments", timedelta(minutes=10)),
        "電話・手紙の知らせの消去": ("todoke.reception.tasks.erase_manual_notices", time(3, 45)),
        "講座のお知らせ": ("todoke.reception.tasks.remind_learners", timedelta(minutes=30)),
    }
