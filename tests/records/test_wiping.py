"""On the disk, too, nothing is left of what was disposed of: not in free pages, not in the journal beside them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import records
from tests.cast.cases import work_off
from tests.cast.records import SECRET
from todoke.accounts.actors import System
from todoke.records.models import Disposal, RecordFile

pytestmark = pytest.mark.django_db(transaction=True)


def on_disk() -> bytes:
    """The database file and its journal as they lie on the disk; the whole database when it lives in memory."""
    file = Path(str(connection.settings_dict["NAME"]))
    if not file.exists():
        return bytes(connection.connection.serialize())
    return b"".join(path.read_bytes() for path in (file, file.with_name(f"{file.name}-wal")) if path.exists())


@pytest.mark.skipif(not settings.DATABASES["default"]["ENGINE"].endswith("sqlite"), reason="SQLite's own files")
def test_the_file_and_its_journal_hold_nothing_of_what_was_disposed_of() -> None:
    records.file()
    neighbour = records.file("2015-000002-D", title="隣の件名")
    assert SECRET.encode() in on_disk()
    RecordFile.objects.filter(pk=neighbour.pk).update(expires_on="2099-03-31")
    neighbour.documents.update(text="隣の本文", name="隣")
    disposal = Disposal.create_list(RecordFile.objects.disposable(), kind=Disposal.Kind.DESTROY, by=System())
    disposal.approve(decision="K2026-000001", list_hash=disposal.list_hash, by=System())
    assert disposal.execute(by=System()) == 1
    work_off()
    left = on_disk()
    assert SECRET.encode() not in left
    assert "隣の本文".encode() in left
