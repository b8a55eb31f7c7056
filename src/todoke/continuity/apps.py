from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class ContinuityConfig(RoomConfig):
    name = "todoke.continuity"
    verbose_name = "業務継続"
    mailed_links = "todoke.continuity.mailed_links"
    periodic = {
        "参照専用の写し": ("todoke.continuity.tasks.refresh_standby", timedelta(minutes=10)),
        "控えの点検": ("todoke.continuity.tasks.check_newest_backup", timedelta(days=7)),
        "預りの取込み": ("todoke.continuity.tasks.replay_offline_submissions", timedelta(minutes=1)),
    }
