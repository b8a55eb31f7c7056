from datetime import time, timedelta

from todoke.runtime.rooms import RoomConfig


class FormbuilderConfig(RoomConfig):
    name = "todoke.formbuilder"
    verbose_name = "様式"
    periodic = {
        "添付の掃除": ("todoke.formbuilder.tasks.delete_orphaned_uploads", time(3, 30)),
        "様式の公開予定": ("todoke.formbuilder.tasks.publish_due", timedelta(minutes=1)),
    }
