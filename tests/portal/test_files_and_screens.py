"""A photo is stored once, looked at, and put right by its content; two tabs do not overwrite each other in silence."""

import time

import pytest
from django.test import Client

from tests.cast.application_steps import begun
from tests.cast.cases import DOCUMENT, FILLED, OPENED, counter, release
from tests.cast.formbuilder import PHOTO, photo, question
from todoke.cases.models import Draft
from todoke.formbuilder.models import Upload
from todoke.portal.other_screens import new_view, saved_elsewhere

pytestmark = pytest.mark.django_db
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/" + b"\x00" * 13
HEIC = b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + b"\x00" * 117


def with_file(client: Client) -> str:
    """A draft of a form that asks for a photo."""
    at = counter()
    group = {**DOCUMENT["pages"][0]["groups"][0], "questions": [question("paper", "file", label="写真")]}
    document = {**DOCUMENT, "pages": [{**DOCUMENT["pages"][0], "groups": [group]}]}
    release(at.section, code="photo", serial=77, document=document, opens_at=OPENED)
    return client.post("/procedures/P-77/application/").headers["Location"].partition("pages/")[0]


def test_a_photo_sent_by_the_script_and_by_the_button_is_stored_once(client: Client) -> None:
    draft = with_file(client)
    address = f"{draft}pages/person/answers/"
    client.post(address, {"paper": photo(), "attach": "1"})
    for _ in range(6):
        client.post(address, {"paper": photo(), "next": "1"})
    assert Upload.objects.current().count() == 1
    client.post(address, {"paper": photo("裏.webp", WEBP), "attach": "1"})
    assert Upload.objects.current().count() == 2


def test_limits_stand_before_the_choice_and_the_photo_is_shown_after_it(client: Client) -> None:
    draft = with_file(client)
    before = client.get(f"{draft}pages/person/").content.decode()
    assert "1つ10MBまで、5個まで。" in before
    assert 'accept="application/pdf' in before
    assert "<noscript>" in before
    client.post(f"{draft}pages/person/answers/", {"paper": photo(), "attach": "1"})
    upload = Upload.objects.get()
    assert f'src="{draft}files/{upload.token}/"' in client.get(f"{draft}pages/person/").content.decode()
    shown = client.get(f"{draft}files/{upload.token}/")
    assert shown["Content-Type"] == "image/png"
    assert shown.getvalue() == PHOTO
    assert Client().get(f"{draft}files/{upload.token}/").status_code == 404


def test_a_name_that_does_not_fit_is_put_right_and_said(client: Client) -> None:
    draft = with_file(client)
    client.post(f"{draft}pages/person/answers/", {"paper": photo("IMG_1.jpg", HEIC), "attach": "1"})
    upload = Upload.objects.get()
    assert (upload.name, upload.renamed_from, upload.media_type) == ("IMG_1.heic", "IMG_1.jpg", "image/heic")
    page = client.get(f"{draft}pages/person/").content.decode()
    assert "もとの名前は「IMG_1.jpg」です。" in page
    assert '<img class="attachments__picture"' not in page


def test_two_tabs_are_told_of_each_other(client: Client) -> None:
    draft = begun(client, counter())
    first, second = (client.get(f"{draft}pages/person/").context["sheet"].view for _ in range(2))
    address = f"{draft}pages/person/answers/"
    client.post(address, {**FILLED, "view": first, "next": "1"})
    said = client.post(address, {**FILLED, "copies": "3", "view": second, "next": "1"}, follow=True)
    assert "ほかの画面でも、このページが保存されていました" in said.content.decode()
    assert Draft.objects.get().submission.answers.get(question="copies", superseded_at=None).value == "3"


def test_one_tab_that_saves_often_is_told_nothing(db: None) -> None:
    view = new_view()
    assert not saved_elsewhere("t", "p", view)
    assert not saved_elsewhere("t", "p", view)
    later = f"{time.time_ns()}.later"
    assert not saved_elsewhere("t", "p", later)
    assert saved_elsewhere("t", "p", view)
    assert not saved_elsewhere("t", "p", "forged")
