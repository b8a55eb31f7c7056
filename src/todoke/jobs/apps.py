from datetime import time

from todoke.runtime.rooms import RoomConfig


class JobsConfig(RoomConfig):
    name = "todoke.jobs"
    verbose_name = "予約作業"
    periodic = {"終わった作業の整理": ("todoke.jobs.tasks.delete_finished", time(3, 0))}
