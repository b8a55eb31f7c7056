from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from tests.cast.formbuilder import begun, photo, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.upload_cleanup import delete_orphaned_files
from todoke.formbuilder.models.upload import store_file

pytestmark = pytest.mark.django_db


def test_a_file_without_a_row_is_swept_and_a_kept_one_stays() -> None:
    upload = begun(small(question("paper", "file"))).attach("paper", photo(), by=Guest())
    orphan = store_file(b"left behind", ".pdf")
    assert delete_orphaned_files() == 0
    assert delete_orphaned_files(timedelta(0)) == 1
    assert not default_storage.exists(orphan)
    assert default_storage.exists(upload.path)


def test_a_file_taken_back_leaves_the_store() -> None:
    submission = begun(small(question("paper", "file")))
    upload = submission.attach("paper", photo(), by=Guest())
    submission.save_page("page", {"remove_upload": upload.token}, by=Guest())
    assert submission.current_answers() == {}
    assert delete_orphaned_files(timedelta(0)) == 1
    assert not default_storage.exists(upload.path)


def test_nobody_takes_back_a_file_of_somebody_else() -> None:
    mine = begun(small(question("paper", "file")))
    upload = mine.attach("paper", photo(), by=Guest())
    other = mine.version.submissions.create()
    other.save_page("page", {"remove_upload": upload.token}, by=Guest())
    assert mine.uploads.current().count() == 1
