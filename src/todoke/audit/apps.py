from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class AuditConfig(RoomConfig):
    name = "todoke.audit"
    verbose_name = "監査"
    receivers = "todoke.audit.receivers"
    permissions = "todoke.audit.permissions"
    periodic = {"監査の検証点": ("todoke.audit.tasks.write_checkpoint", timedelta(seconds=60))}
