from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class GuidanceConfig(RoomConfig):
    name = "todoke.guidance"
    verbose_name = "案内"
    mailed_links = "todoke.guidance.mailed_links"
    permissions = "todoke.guidance.permissions"
    notice_templates = "notices.toml"
    periodic = {
        "古い質問とメモの消去": ("todoke.guidance.tasks.erase_inquiries", time(3, 40)),
        "問答の意味ベクトル": ("todoke.guidance.tasks.file_faq_vectors", timedelta(minutes=5)),
    }
