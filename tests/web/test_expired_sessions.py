"""Sessions end on every process by what the database holds, and what was typed comes back after a new sign-in."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings as installation
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import cast
from tests.cast import present
from tests.cast.cases import case, counter
from todoke.accounts.models import User
from todoke.accounts.session_expiry import BEGAN, SEEN
from todoke.approvals import appointments
from todoke.audit.log import subject_of
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db
OURS: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver"}
WORD = "correct horse"


@pytest.fixture(autouse=True)
def _plain_sign_in(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


def aged(client: Client, *, quiet: int = 0, old: int = 0) -> None:
    """Let the session lie quiet, and have begun, so many minutes ago."""
    kept = client.session
    kept[SEEN] -= quiet * 60
    kept[BEGAN] -= (old or quiet) * 60
    kept.save()


def at_work(client: Client) -> User:
    clerk = cast.clerk()
    client.force_login(clerk)
    assert client.get("/office/").status_code == 200
    return clerk


def typed_in(page: str) -> dict[str, str]:
    """What the page would send again."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}


def test_half_an_hour_of_quiet_ends_a_clerks_session_and_the_sign_in_says_so(client: Client) -> None:
    clerk = at_work(client)
    key = client.cookies[installation.SESSION_COOKIE_NAME].value
    aged(client, quiet=29)
    assert client.get("/office/").status_code == 200
    aged(client, quiet=31)
    page = client.get("/office/", follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("account_login"))
    assert "操作がないまま時間がたったため、ログインを終わりました" in page.text
    assert not Session.objects.filter(session_key=key).exists()
    assert Entry.objects.filter(subject=subject_of(clerk), act="ログインの終わり").count() == 1


def test_twelve_hours_end_it_however_busy_the_clerk_is(client: Client) -> None:
    at_work(client)
    aged(client, old=721)
    assert client.get("/office/").status_code == 302


def test_a_use_anywhere_keeps_the_session_and_is_written_once_in_a_while(client: Client) -> None:
    at_work(client)
    before = client.session[SEEN]
    client.get("/office/")
    assert client.session[SEEN] == before
    aged(client, quiet=20)
    client.get("/")
    assert client.session[SEEN] >= before
    assert client.get("/office/").status_code == 200


def test_a_page_of_residents_does_not_wake_a_session_of_staff_that_lay_quiet(client: Client) -> None:
    at_work(client)
    aged(client, quiet=31)
    assert "ログアウト" not in client.get("/").text
    assert client.get("/office/").status_code == 302


def test_what_a_clerk_typed_comes_back_after_signing_in_again() -> None:
    client, at = Client(enforce_csrf_checks=True), counter()
    found = case(at)
    client.force_login(at.clerk)
    address = f"/office/cases/{found.number}/note/"
    client.get("/office/")
    aged(client, quiet=31)
    words = "電話で事情を聞きました。来週の月曜日に書類がそろうとのことです。"
    ended = client.post(address, {"text": words}, **OURS)
    assert ended.status_code == 403
    assert "操作がないまま時間がたったため、ログインを終わりました" in ended.text
    early = client.post(address, typed_in(ended.text), **OURS)
    assert words in early.text
    tab = client.get(reverse("account_login"))
    token = present(re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', tab.text))[1]
    login = {"login": at.clerk.email, "password": WORD, "csrfmiddlewaretoken": token}
    assert client.post(reverse("account_login"), login, **OURS).status_code == 302
    back = client.post(address, typed_in(early.text), **OURS)
    assert "ログインできました" in back.text
    sent = typed_in(back.text)
    assert sent["text"] == words
    assert "typed-by" not in sent


def test_what_one_person_typed_is_not_sent_by_another() -> None:
    client = Client(enforce_csrf_checks=True)
    at_work(client)
    aged(client, quiet=31)
    ended = client.post("/office/cases/2026-000001-X/note/", {"text": "秘密の覚え書き"}, **OURS)
    client.force_login(cast.staff("高橋 係員", "other@example.lg.jp"))
    back = client.post(
        "/office/cases/2026-000001-X/note/", {**typed_in(ended.text), "csrfmiddlewaretoken": "old"}, **OURS
    )
    assert "別の方がログインしています" in back.text
    assert "秘密の覚え書き" not in back.text


def test_a_form_of_another_site_is_not_filled_in_for_who_was_signed_out(client: Client) -> None:
    at_work(client)
    aged(client, quiet=31)
    page = client.post("/office/cases/2026-000001-X/note/", {"text": "attack"}, HTTP_ORIGIN="https://evil.example")
    assert page.status_code == 302


def test_every_page_of_staff_says_when_the_session_ends_and_warns_without_a_script(client: Client) -> None:
    at_work(client)
    page = client.get("/office/").text
    assert "このまま操作がないと" in page
    assert 'class="session-warning session-warning--25"' in page
    aged(client, old=700)
    assert "先に保存してください" in client.get("/office/").text


def test_the_page_of_the_session_says_until_when_it_lasts(client: Client) -> None:
    at_work(client)
    assert "このまま操作がないと" in client.get("/session/").text
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert "このまま操作がないと" not in client.get("/session/").text


def test_a_resident_at_home_stays_and_at_a_shared_terminal_leaves_soon(client: Client) -> None:
    client.force_login(cast.resident())
    aged(client, quiet=200)
    assert client.get("/me/").status_code == 200
    client.post("/terminal/sharing/")
    client.force_login(User.objects.get())
    aged(client, quiet=5)
    gone = client.get("/me/")
    assert gone.headers["Location"] == "/leave/idle/"
    assert client.get("/leave/idle/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_what_was_typed_at_a_shared_terminal_is_shown_to_nobody(client: Client) -> None:
    client.post("/terminal/sharing/")
    client.force_login(cast.resident())
    aged(client, quiet=5)
    page = client.post("/me/notices/choice/", {"words": "内緒の言葉"}, follow=True, **OURS)
    assert "内緒の言葉" not in page.text


def test_who_was_disabled_moved_or_signed_out_by_the_office_is_out_on_every_process(client: Client) -> None:
    clerk, other = at_work(client), Client()
    other.force_login(clerk)
    chief = cast.staff("管理 花子", "kanri@example.lg.jp", Post.Role.ADMINISTRATOR)
    appointments.end_tenure(Tenure.objects.get(user=clerk), ends_on=today() + timedelta(days=30), by=chief)
    for process in (client, other):
        cache.clear()
        assert process.get("/office/").headers["Location"].startswith(reverse("account_login"))
    client.force_login(User.objects.get(pk=clerk.pk))
    assert client.get("/office/").status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/office/").status_code == 302


def test_a_session_of_staff_ends_with_the_last_post(client: Client) -> None:
    clerk = at_work(client)
    Tenure.objects.filter(user=clerk).update(ends_on=today() - timedelta(days=1), starts_on=today() - timedelta(days=9))
    assert client.get("/office/").status_code == 403
    assert client.get("/me/").status_code == 302


def test_the_times_come_from_the_settings(client: Client, settings: Settings) -> None:
    settings.STAFF_IDLE, settings.STAFF_LONGEST = timedelta(minutes=10), timedelta(hours=1)
    at_work(client)
    aged(client, quiet=11)
    assert client.get("/office/").status_code == 302
