"""Who waited too long for others is told to press again; whatever else breaks stays what it is."""

import pytest
from django.db import OperationalError

from todoke.runtime.database.lock_timeouts import busy_when_locked
from todoke.runtime.refusals import Busy


def test_a_locked_database_is_busy_and_a_full_disk_is_not() -> None:
    with pytest.raises(Busy, match="もう一度押してください"), busy_when_locked():
        raise OperationalError("database is locked")
    with pytest.raises(OperationalError), busy_when_locked():
        raise OperationalError("disk full")
