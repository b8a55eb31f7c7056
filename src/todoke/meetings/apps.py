from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class MeetingsConfig(RoomConfig):
    name = "todoke.meetings"
    verbose_name = "会議・宿題"
    mailed_links = "todoke.meetings.mailed_links"
    permissions = "todoke.meetings.permissions"
    notice_templates = "notices.toml"
    periodic = {
        "宿題のお知らせ": ("todoke.meetings.tasks.remind_of_commitments", time(8, 0)),
        "止まった文字起こし": ("todoke.meetings.tasks.fail_lost_transcripts", timedelta(minutes=10)),
        "録音の消去": ("todoke.meetings.tasks.erase_recordings", time(3, 50)),
    }
