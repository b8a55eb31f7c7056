"""A session lives in the browser that has its key; the database keeps only a digest of it."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests import cast
from todoke.runtime.sessions import SessionStore, stored_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    browser = Client()
    browser.force_login(cast.resident("花子", "hanako@example.jp"))
    return browser


def test_whoever_reads_the_database_can_sign_in_as_nobody(signed_in: Client) -> None:
    key = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    kept = Session.objects.get()
    assert kept.session_key == stored_key(key) != key
    assert key not in kept.session_data
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept.session_key
    assert thief.get("/me/").status_code == 302
    assert signed_in.get("/me/").status_code == 200


def test_a_session_is_kept_changed_and_ended_under_its_key() -> None:
    session = SessionStore()
    session["answer"] = 1
    session.save()
    again = SessionStore(session.session_key)
    assert again["answer"] == 1
    assert again.exists(str(session.session_key))
    again.cycle_key()
    assert SessionStore(session.session_key).load() == {}
    assert SessionStore(again.session_key)["answer"] == 1
    again.delete()
    assert not Session.objects.exists()
