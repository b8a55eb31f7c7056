"""SQLite copy 参照専用の写し: a recent copy of the database for read-only mode; PostgreSQL uses a replica."""

import os
import time

from django.db import connection

from todoke.continuity import snapshot
from todoke.runtime.replica import copy_path


def refresh() -> bool:
    """Replace the copy by a new one; its mtime is the time of its data. False on PostgreSQL."""
    if connection.vendor != "sqlite":
        return False
    place = copy_path()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh, began = place.with_suffix(".half"), time.time()
    fresh.unlink(missing_ok=True)
    snapshot.dump(fresh)
    os.utime(fresh, (began, began))
    fresh.chmod(0o600)
    fresh.replace(place)
    return True
