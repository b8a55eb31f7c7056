"""A clerk checks a file and mends it on a page; only a chief or headquarters approves and publishes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast import open_data, signed_in
from todoke.insights.models import Dataset, DatasetVersion, ValidationRun

pytestmark = pytest.mark.django_db


def checked(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile(open_data.NAME, content)
    return str(client.post("/board/datasets/facilities/checking/", {"file": file})["Location"])


def test_a_clerk_mends_and_a_chief_publishes() -> None:
    open_data.dataset()
    client, chief = signed_in(cast.clerk()), signed_in(cast.chief())
    where = checked(client, open_data.BAD)
    page = client.get(where).content.decode()
    assert "目に見えない文字か、外字があります" in page
    assert "3行目" not in page
    copy = client.post(f"{where}repair/")["Location"]
    assert "不備は一つもありません" in client.get(copy).content.decode()
    assert client.post(f"{copy}approval/").status_code == 403
    chief.post(f"{copy}approval/")
    assert "公開する" in chief.get(copy).content.decode()
    chief.post(f"{copy}publication/")
    assert DatasetVersion.objects.get().content().decode("utf-8-sig") == open_data.CLEAN


def test_a_warning_is_confirmed_by_its_button() -> None:
    open_data.dataset()
    client = signed_in(cast.chief())
    where = checked(client, open_data.CLEAN.replace("図書館", "=図書館").encode())
    refused = client.post(f"{where}approval/", follow=True).content.decode()
    assert "確かめていない注意" in refused
    client.post(f"{where}confirmation/", {"rule": "V24"})
    client.post(f"{where}approval/")
    assert ValidationRun.objects.get().status == ValidationRun.Status.APPROVED


def test_another_section_neither_checks_nor_reads_nor_takes_the_file() -> None:
    open_data.dataset()
    where = checked(signed_in(cast.clerk()), open_data.BAD)
    other = signed_in(cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010")))
    assert other.post("/board/datasets/facilities/checking/").status_code == 403
    assert other.get(f"{where}file/").status_code == 403
    assert other.get(where).status_code == 403


def test_a_dataset_is_registered_for_ones_own_section() -> None:
    by = cast.clerk()
    sent = {
        "title": "公園の一覧", "slug": "parks", "description": "区の公園です。", "contact": "公園課 03-0000-0000",
        "department": by.tenures.get().post.department.pk, "licence": Dataset.Licence.CC_BY.value,
        "frequency": "ANNUAL",
    }  # fmt: skip
    answer = signed_in(by).post("/board/datasets/registration/", sent)
    assert answer["Location"] == "/board/datasets/parks/"
    assert signed_in(by).get("/board/datasets/parks/").status_code == 200
