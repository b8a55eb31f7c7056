from datetime import time

from todoke.runtime.rooms import RoomConfig


class PlansConfig(RoomConfig):
    name = "todoke.plans"
    verbose_name = "計画"
    mailed_links = "todoke.plans.mailed_links"
    permissions = "todoke.plans.permissions"
    notice_templates = "notices.toml"
    periodic = {"紙の報告のお知らせ": ("todoke.plans.tasks.remind_sections_of_paper", time(8, 0))}
