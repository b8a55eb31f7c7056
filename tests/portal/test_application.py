"""A resident fills in an application: one page at a time, nothing typed is ever lost."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.application_steps import bare, begun
from tests.cast.cases import FILLED, counter
from tests.cast.mailed_links import mailed_path
from todoke.cases.models import Draft
from todoke.formbuilder.models import Answer

pytestmark = pytest.mark.django_db


def test_a_guest_begins_without_an_account(client: Client) -> None:
    at = counter()
    assert "登録せずに申請をはじめる" in client.get("/procedures/P-1010/start/").content.decode()
    first = client.get(begun(client, at), follow=True)
    assert "あなたについて" in first.content.decode()


def test_a_closed_service_cannot_be_begun_by_address(client: Client) -> None:
    at = counter()
    at.release.offer.reschedule(
        opens_at=at.release.offer.opens_at,
        closes_at=at.release.offer.opens_at.replace(month=5),
        capacity=None,
        reason="年度の受付は終わりました",
        by=at.chief,
    )
    assert client.get("/procedures/P-1010/start/").status_code == 404
    assert client.post("/procedures/P-1010/application/").status_code == 404


def test_a_page_that_is_right_leads_on(client: Client) -> None:
    draft = begun(client, counter())
    response = client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    assert response.headers["Location"] == f"{draft}check/"


def test_a_page_that_is_wrong_keeps_every_letter_and_says_what_to_do(client: Client) -> None:
    draft = begun(client, counter())
    wrong = {**FILLED, "name__family": "髙𠮷󠄀", "copies": "たくさん", "next": "1"}
    page = client.post(f"{draft}pages/person/answers/", wrong).content.decode()
    assert "直していただきたいところがあります" in page
    assert "髙𠮷󠄀" in page
    assert "たくさん" in page
    assert "髙𠮷󠄀" in client.get(f"{draft}pages/person/").content.decode()


def test_back_and_later_save_without_asking_for_the_rest(client: Client) -> None:
    draft = begun(client, counter())
    for press, lands in (("back", f"{draft}pages/person/"), ("later", f"{draft}later/")):
        response = client.post(f"{draft}pages/person/answers/", {"name__family": press, press: "1"})
        assert response.headers["Location"] == lands
        assert Answer.objects.get(question="name", part="family").value == press


def test_the_autosave_line_says_when(client: Client) -> None:
    draft = begun(client, counter())
    said = client.post(f"{draft}pages/person/draft/", {"name__family": "山田"}).json()["said"]
    assert said.endswith("保存しました")
    assert "山田" in client.get(f"{draft}pages/person/").content.decode()


def test_a_changed_answer_returns_to_the_check(client: Client) -> None:
    draft = begun(client, counter())
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    check = client.get(f"{draft}check/").content.decode()
    assert f"{draft}pages/person/?check=1#id_name" in check
    assert 'name="to_check"' in client.get(f"{draft}pages/person/?check=1").content.decode()


def test_the_address_alone_opens_nothing(client: Client) -> None:
    draft = begun(client, counter())
    stranger = Client()
    foreign = stranger.get(f"{draft}pages/person/")
    unknown = stranger.get("/applications/nobody-has-this-token/pages/person/")
    assert foreign.status_code == unknown.status_code == 404
    assert bare(foreign) == bare(unknown)
    for act in ("pages/person/answers/", "pages/person/draft/", "submission/", "link/"):
        assert stranger.post(f"{draft}{act}", FILLED).status_code in {404, 405}
    assert not Answer.objects.exists()


def test_a_draft_of_an_account_is_closed_to_other_accounts(client: Client) -> None:
    client.force_login(cast.resident())
    draft = begun(client, counter())
    other = Client()
    other.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert other.get(f"{draft}pages/person/").status_code == 404


def test_a_session_that_runs_out_on_page_three_hands_back_what_was_typed(client: Client) -> None:
    hanako = cast.resident()
    client.force_login(hanako)
    draft = begun(client, counter())
    del client.cookies[settings.SESSION_COOKIE_NAME]
    response = client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    assert response.status_code == 403
    assert "山田" in response.content.decode()
    assert not Answer.objects.exists()
    client.force_login(hanako)
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    assert "山田" in client.get(f"{draft}check/").content.decode()


@pytest.mark.parametrize("act", ["pages/person/", "check/", "receipt/", "later/", ""])
def test_after_signing_out_the_browser_shows_nothing_of_the_draft(client: Client, act: str) -> None:
    client.force_login(cast.resident())
    draft = begun(client, counter())
    client.post(f"{draft}pages/person/answers/", FILLED)
    client.post("/accounts/logout/")
    assert client.get(f"{draft}{act}").headers["Location"].startswith("/accounts/login/?next=")
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert client.get(f"{draft}{act}").status_code == 404


@pytest.mark.parametrize("act", ["pages/person/answers/", "pages/person/draft/", "submission/", "link/"])
def test_after_signing_out_the_browser_changes_and_sends_nothing(client: Client, act: str) -> None:
    client.force_login(cast.resident())
    draft = begun(client, counter())
    client.post(f"{draft}pages/person/answers/", FILLED)
    client.post("/accounts/logout/")
    typed = {**FILLED, "name__family": "別人", "email": "x@example.jp"}
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    assert client.post(f"{draft}{act}", {**typed, "paper": paper}).status_code == 403
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert client.post(f"{draft}{act}", typed).status_code == 404
    assert not Answer.objects.filter(value="別人").exists()
    assert Draft.objects.get().sent_at is None


def test_a_mailed_link_opens_the_draft_on_another_device(client: Client) -> None:
    draft = begun(client, counter())
    client.post(f"{draft}pages/person/draft/", {"name__family": "山田"})
    phone = Client()
    client.post(f"{draft}link/", {"email": "hanako@example.jp"})
    page = mailed_path("draft-link")
    assert "この端末で続ける" in phone.get(page).content.decode()
    assert phone.get(f"{draft}pages/person/").status_code == 404
    assert phone.post(f"{page}continuation/").headers["Location"] == draft
    assert "山田" in phone.get(f"{draft}pages/person/").content.decode()


def test_leaving_a_shared_terminal_leaves_nothing(client: Client) -> None:
    draft = begun(client, counter())
    client.post("/leave/")
    assert client.get(f"{draft}pages/person/").status_code == 404
    assert "続きから" not in client.get("/").content.decode()


def test_home_offers_to_continue(client: Client) -> None:
    draft = begun(client, counter())
    assert draft in client.get("/").content.decode()
