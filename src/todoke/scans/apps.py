from datetime import time

from todoke.runtime.rooms import RoomConfig


class ScansConfig(RoomConfig):
    name = "todoke.scans"
    verbose_name = "読取り"
    permissions = "todoke.scans.permissions"
    periodic = {
        "読取りの画像と値の消去": ("todoke.scans.tasks.erase_expired", time(3, 45)),
        "通してよい確からしさの見直し": ("todoke.scans.tasks.renew_gates", time(4, 5)),
    }
