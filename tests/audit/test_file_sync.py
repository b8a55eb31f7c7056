"""Files outlive a power cut as their rows do."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from todoke.audit.file_sync import DurableStorage


def test_a_kept_file_and_its_folder_wait_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def seen(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", seen)
    name = DurableStorage(location=tmp_path).save("letters/one.pdf", ContentFile(b"letter"))
    assert synced[:2] == [str(tmp_path / name), str((tmp_path / name).parent)]


def test_every_file_of_the_program_is_kept_this_way() -> None:
    assert isinstance(default_storage, DurableStorage)
