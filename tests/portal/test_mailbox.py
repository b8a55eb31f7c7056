"""デモの受信箱: whoever tries the demo without an account reads the code that was mailed; elsewhere nobody can."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast.cases import case, counter, work_off

pytestmark = pytest.mark.django_db


def test_the_code_of_a_guest_is_read_in_the_mailbox_of_the_demo(settings: Settings) -> None:
    settings.DEMO, settings.NOTICE_CHANNEL = True, "mailbox"
    found, client = case(counter()), Client()
    client.post("/status/code/", {"number": found.number})
    work_off()
    assert 'href="/mailbox/"' in client.get("/").content.decode()
    code = re.search(r"\b\d{6}\b", client.get("/mailbox/").content.decode())
    assert code
    assert client.post("/status/entry/", {"number": found.number, "code": code[0]}).status_code == 302


@pytest.mark.parametrize(("demo", "channel"), [(False, "mailbox"), (True, "smtp")])
def test_outside_a_demo_there_is_no_such_page(settings: Settings, demo: bool, channel: str) -> None:
    settings.DEMO, settings.NOTICE_CHANNEL = demo, channel
    assert Client().get("/mailbox/").status_code == 404
    assert "/mailbox/" not in Client().get("/").content.decode()
