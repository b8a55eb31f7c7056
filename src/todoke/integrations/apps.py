from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class IntegrationsConfig(RoomConfig):
    name = "todoke.integrations"
    verbose_name = "連携"
    notice_templates = "notices.toml"
    mailed_links = "todoke.integrations.mailed_links"
    receivers = "todoke.integrations.receivers"
    permissions = "todoke.integrations.permissions"
    periodic = {
        "連携先への知らせ": ("todoke.integrations.tasks.tell_partners", timedelta(minutes=1)),
        "国の窓口との受渡し": ("todoke.integrations.tasks.exchange_national", timedelta(minutes=5)),
        "受渡しと取込のファイルの掃除": ("todoke.integrations.tasks.delete_files_without_row", time(3, 40)),
    }
