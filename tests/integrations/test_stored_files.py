"""A file whose process died before its row was written goes; a file with a row, and a fresh one, stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast.answer_tables import GOOD, csv
from tests.cast.cases import counter
from todoke.cases.exports import answer_exports
from todoke.integrations import stored_files
from todoke.integrations.imports import answer_imports

pytestmark = pytest.mark.django_db


def grow_old(monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr("todoke.records.orphaned_files.timezone.now", lambda: later)


@pytest.mark.parametrize("folder", [*stored_files.HOLDERS])
def test_a_file_without_a_row_goes_after_two_days(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = default_storage.save(f"{folder}/left-behind", ContentFile(b"x"))
    assert stored_files.delete_without_row() == 0
    grow_old(monkeypatch)
    assert (stored_files.delete_without_row(), default_storage.exists(path)) == (1, False)
    assert stored_files.delete_without_row() == 0


def test_a_file_with_a_row_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    at = counter()
    file = SimpleUploadedFile("回答.csv", csv(GOOD))
    batch = answer_imports.begin_import(at.release.offer, file, channel="partner", by=at.clerk)
    grow_old(monkeypatch)
    assert stored_files.delete_without_row() == 0
    assert default_storage.exists(batch.path)


def test_an_export_without_a_row_goes_with_the_expired_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    path = default_storage.save(f"{answer_exports.FOLDER}/left-behind.xlsx", ContentFile(b"x"))
    assert answer_exports.delete_expired() == 0
    grow_old(monkeypatch)
    assert (answer_exports.delete_expired(), default_storage.exists(path)) == (1, False)
