"""Pages that grow with the answers: questions that come up, children that are added, files that are attached."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast.formbuilder import DOG_PAGES, photo
from tests.cast.portal import child, service
from todoke.formbuilder.models import Upload
from todoke.portal import draft_cookie

pytestmark = pytest.mark.django_db


def begun(client: Client, code: str) -> str:
    number = service(code).offer.procedure.number
    return client.post(f"/procedures/{number}/application/").headers["Location"].partition("pages/")[0]


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_question_that_an_answer_brings_up_is_asked_and_not_scolded(client: Client) -> None:
    draft = begun(client, "dog-registration")
    answers = {**DOG_PAGES["owner"], "place_same": "no"}
    first = client.get(f"{draft}pages/owner/").context["sheet"].asked
    shown = client.post(f"{draft}pages/owner/answers/", {**answers, "asked": first, "next": "1"})
    assert "質問が増えました" in shown.content.decode()
    assert "直していただきたい" not in shown.content.decode()
    second = shown.context["sheet"].asked
    again = client.post(f"{draft}pages/owner/answers/", {**answers, "asked": second, "next": "1"}).content.decode()
    assert "直していただきたい" in again


def test_the_browser_is_told_when_questions_come_up(client: Client) -> None:
    draft = begun(client, "dog-registration")
    asked = client.get(f"{draft}pages/owner/").context["sheet"].asked
    told = client.post(f"{draft}pages/owner/draft/", {"place_same": "no", "asked": asked}).json()
    assert told["changed"]
    assert not client.post(f"{draft}pages/owner/draft/", {"place_same": "yes", "asked": asked}).json()["changed"]


def test_a_child_is_added_and_taken_away_and_the_other_stays(client: Client) -> None:
    draft = begun(client, "child-allowance")
    address = f"{draft}pages/children/"
    more = client.post(f"{address}answers/", {**child(1, "一郎"), "add_row": "child"})
    second = page(client, more.headers["Location"].split("#")[0])
    assert 'name="child_name-2__given"' in second
    client.post(f"{address}answers/", {**child(1, "一郎"), **child(2, "二郎"), "back": "1"})
    assert "二郎" in page(client, address)
    client.post(f"{address}answers/", {**child(1, "一郎"), **child(2, "二郎"), "remove_row": "child-1"})
    left = page(client, address)
    assert "二郎" in left
    assert "一郎" not in left


def test_files_are_attached_one_by_one_and_taken_back(client: Client) -> None:
    draft = begun(client, "residence-certificate")
    address = f"{draft}pages/identity/"
    for name in ("表.png", "裏.png"):
        client.post(f"{address}answers/", {"identity_file": photo(name), "attach": "1"})
    shown = page(client, address)
    assert "表.png" in shown
    assert "裏.png" in shown
    client.post(f"{address}answers/", {"remove_upload": Upload.objects.get(name="裏.png").token})
    assert "裏.png" not in page(client, address)


def test_a_file_that_is_not_what_it_says_is_refused_and_the_others_stay(client: Client) -> None:
    draft = begun(client, "residence-certificate")
    address = f"{draft}pages/identity/"
    client.post(f"{address}answers/", {"identity_file": photo("表.png"), "attach": "1"})
    program = SimpleUploadedFile("通知.pdf", b"MZ\x90\x00 program")
    refused = client.post(f"{address}answers/", {"identity_file": program, "attach": "1"})
    assert refused.context["sheet"].form.errors
    assert "表.png" in refused.content.decode()
    assert Upload.objects.current().count() == 1


def test_a_file_of_another_draft_cannot_be_taken_back(client: Client) -> None:
    mine = begun(client, "residence-certificate")
    client.post(f"{mine}pages/identity/answers/", {"identity_file": photo("表.png"), "attach": "1"})
    stranger = Client()
    theirs = stranger.post("/procedures/P-000001/application/").headers["Location"]
    stranger.post(f"{theirs}pages/identity/answers/", {"remove_upload": Upload.objects.get().token})
    assert Upload.objects.current().count() == 1


def test_the_steps_carry_their_names(client: Client) -> None:
    draft = begun(client, "dog-registration")
    shown = page(client, f"{draft}pages/owner/")
    for name in ("飼い主について", "犬について", "鑑札の受け取り", "確認"):
        assert name in shown
    assert draft_cookie.COOKIE in client.cookies
