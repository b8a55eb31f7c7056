"""A file goes to somebody outside by a link: it expires, it can be taken back, and each taking is written down."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import cast
from tests.cast.mailed_links import mailed_path
from todoke.audit.models import Entry
from todoke.notices import file_links
from todoke.notices.models import FileLink, Message

pytestmark = pytest.mark.django_db


def handed(clerk: Client, content: bytes = b"plan of the park") -> FileLink:
    file = SimpleUploadedFile("公園の図面.pdf", content)
    facts = {"name": "隣の市 公園課", "email": "park@city.example", "note": "図面です。", "days": "7", "file": file}
    clerk.post("/office/files/handing/", facts)
    return FileLink.objects.latest("pk")


@pytest.fixture
def clerk() -> Client:
    client = Client()
    client.force_login(cast.clerk())
    return client


def test_a_large_file_goes_by_a_link_and_each_taking_is_seen(clerk: Client) -> None:
    link = handed(clerk, b"x" * 3_000_000)
    mail = Message.objects.get(code="file-link")
    page = mailed_path("file-link")
    assert (mail.email, link.token in mail.body) == ("park@city.example", False)
    outside = Client()
    assert "公園の図面.pdf" in outside.get(page).content.decode()
    assert link.downloads.count() == 0
    got = outside.post(f"{page}content/")
    assert len(got.getvalue()) == 3_000_000
    assert got["Content-Disposition"].startswith("attachment")
    assert link.downloads.count() == 1
    assert Entry.objects.filter(act="受け取り").count() == 1
    assert "受け取れます" in clerk.get("/office/files/").content.decode()


def test_after_its_day_the_link_is_closed_and_the_file_is_gone(clerk: Client) -> None:
    link = handed(clerk)
    FileLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = mailed_path("file-link")
    assert Client().get(page).status_code == Client().post(f"{page}content/").status_code == 410
    assert file_links.delete_expired() == 1
    assert not default_storage.exists(link.path)
    assert file_links.delete_expired() == 0


def test_a_link_can_be_taken_back_by_its_section_only(
    clerk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    link = handed(clerk)
    stranger = Client()
    stranger.force_login(cast.chief(cast.department("税務課", "3010")))
    assert stranger.post(f"/office/files/{link.token}/revocation/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(f"/office/files/{link.token}/revocation/")
    page = mailed_path("file-link")
    assert "もう一度送るように" in Client().get(page).content.decode()
    assert Client().post(f"{page}content/").status_code == 410
    assert not default_storage.exists(link.path)
    again = clerk.post(f"/office/files/{link.token}/revocation/", follow=True).content.decode()
    assert "すでに終わっています" in again
    assert Client().get("/files/nothing/").status_code == Client().get(f"/files/{link.token}/").status_code == 410


def test_a_file_that_no_link_holds_is_swept_and_an_open_one_stays(clerk: Client) -> None:
    link = handed(clerk)
    lost = default_storage.save("handed/left-behind", ContentFile(b"plan"))
    assert file_links.delete_expired() == 0
    assert file_links.delete_expired(timedelta(0)) == 1
    assert not default_storage.exists(lost)
    assert default_storage.exists(link.path)
