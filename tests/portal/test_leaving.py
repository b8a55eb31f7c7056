"""Whoever leaves a shared terminal leaves nothing: a copy of the browser's cookie opens, changes and sends nothing."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.cast.application_steps import begun, filled, seen
from tests.cast.cases import FILLED, counter
from tests.cast.mailed_links import mailed_path
from todoke.audit.models import Entry
from todoke.cases.models import Case, Draft
from todoke.continuity import offline_submissions
from todoke.formbuilder.models import Answer, Upload
from todoke.portal import draft_cookie
from todoke.runtime import read_only_mode
from todoke.web import shared_terminal

pytestmark = pytest.mark.django_db
WRONG = {**FILLED, "name__family": "別人", "email": "x@example.jp"}


def thief_of(client: Client) -> Client:
    """A browser that holds a copy of the cookie of another, taken before that one left."""
    thief = Client()
    thief.cookies[draft_cookie.COOKIE] = client.cookies[draft_cookie.COOKIE].value
    return thief


def leave(client: Client, way: str) -> None:
    if way == "leave/idle":
        client.cookies[shared_terminal.COOKIE] = "1"
        client.get("/leave/idle/")
    else:
        client.post(f"/{way}/")


@pytest.mark.parametrize("way", ["leave", "leave/idle", "terminal/sharing"])
def test_a_copied_cookie_reads_and_changes_nothing_after_leaving(client: Client, way: str) -> None:
    draft = filled(client, counter())
    thief, checked = thief_of(client), seen(client, draft)
    assert thief.get(f"{draft}pages/person/").status_code == 200
    leave(client, way)
    for page in ("", "pages/person/", "check/", "later/", "receipt/"):
        assert thief.get(f"{draft}{page}").status_code == 404, page
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    for act in ("pages/person/answers/", "pages/person/draft/", "submission/", "link/", "deletion/"):
        assert thief.post(f"{draft}{act}", {**WRONG, "seen": checked, "paper": paper}).status_code == 404, act
    assert "続きから" not in thief.get("/").content.decode()
    assert Draft.objects.get().sent_at is None
    assert not Answer.objects.filter(value="別人").exists()
    assert not Upload.objects.exists()
    assert Entry.objects.filter(act="端末から離れた").count() == 1


def test_a_copied_cookie_does_not_see_what_was_sent(client: Client) -> None:
    draft = filled(client, counter())
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    thief, number = thief_of(client), Case.objects.get().number
    assert thief.get(f"{draft}receipt/").status_code == thief.get(f"/cases/{number}/").status_code == 200
    client.post("/leave/")
    assert thief.get(f"{draft}receipt/").status_code == 404
    assert thief.get(f"/cases/{number}/").status_code == 302


def test_a_cookie_of_before_is_worth_nothing_either(client: Client) -> None:
    draft = begun(client, counter())
    token = Draft.objects.get().submission.token
    client.cookies[draft_cookie.COOKIE] = signing.dumps([token], salt="todoke.portal.drafts")
    thief = thief_of(client)
    assert thief.get(f"{draft}pages/person/").status_code == 200
    client.post("/leave/")
    assert thief.get(f"{draft}pages/person/").status_code == 404


def test_the_mailed_link_still_opens_what_was_left_also_on_the_same_terminal(client: Client) -> None:
    draft = begun(client, counter())
    client.post(f"{draft}link/", {"email": "hanako@example.jp"})
    page = mailed_path("draft-link")
    client.post("/leave/")
    for browser in (client, Client()):
        assert browser.post(f"{page}continuation/").headers["Location"] == draft
        assert browser.get(f"{draft}pages/person/").status_code == 200


def test_leaving_takes_nothing_from_the_persons_own_phone(client: Client) -> None:
    draft = begun(client, counter())
    client.post(f"{draft}link/", {"email": "hanako@example.jp"})
    phone = Client()
    phone.post(f"{mailed_path('draft-link')}continuation/")
    client.post("/leave/")
    assert phone.get(f"{draft}pages/person/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_outage_door_keeps_nothing_for_a_copied_cookie(
    client: Client, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.VAR = tmp_path_factory.mktemp("var")
    draft = filled(client, counter())
    thief = thief_of(client)
    client.post("/leave/")
    call_command("readonly", "on", reason="試験", verbosity=0)
    typed = {f"typed.{name}": value for name, value in WRONG.items()}
    page = thief.post("/outage/deposit/", {"path": f"{draft}pages/person/answers/", **typed, "send": "1"})
    read_only_mode.switch_off()
    assert page.status_code == 503
    assert "別人" not in Answer.objects.values_list("value", flat=True)
    assert not offline_submissions.count_pending()
