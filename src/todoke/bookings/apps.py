from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class BookingsConfig(RoomConfig):
    name = "todoke.bookings"
    verbose_name = "予約"
    permissions = "todoke.bookings.permissions"
    periodic = {
        "期限の過ぎた仮予約と返却枠": ("todoke.bookings.tasks.release_overdue", timedelta(minutes=1)),
        "抽選の締切": ("todoke.bookings.tasks.close_lotteries", timedelta(minutes=1)),
        "予約の氏名の消去": ("todoke.bookings.tasks.erase_contacts", time(3, 40)),
    }
