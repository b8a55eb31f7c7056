"""Copying 参照専用の写し: SQLite keeps a recent copy of itself to read from; PostgreSQL has its replica for that."""

import os
import time

from django.db import connection

from todoke.continuity import snapshot
from todoke.runtime.replica import copy_path


def refresh() -> bool:
    """Replace the copy by one of this instant; its file time says of when it is. False on PostgreSQL."""
    if connection.vendor != "sqlite":
        return False
    place = copy_path()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh, began = place.with_suffix(".half"), time.time()
    fresh.unlink(missing_ok=True)
    snapshot.take(fresh)
    os.utime(fresh, (began, began))
    fresh.chmod(0o600)
    fresh.replace(place)
    return True
