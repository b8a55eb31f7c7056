"""Whoever asks about an address or a number learns nothing from the answer, the work or the time of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from tests import cast
from tests.cast.cases import case, counter, work_off
from todoke.accounts.models import AccountRequest, User
from todoke.jobs.models import Job

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN, NEW_WORD = "hanako@example.jp", "nobody@example.jp", "another long word"


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountedHasher.hashed += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _hashes_are_counted(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def person() -> User:
    user = cast.resident(email=KNOWN)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def reset(who: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": who}, follow=True)


def signed_up(who: str) -> Any:
    form = {"email": who, "password1": NEW_WORD, "password2": NEW_WORD}
    return Client().post(reverse("account_signup"), form, follow=True)


def wrong_password(who: str) -> Any:
    return Client().post(reverse("account_login"), {"login": who, "password": "wrong"})


def inquired(who: str) -> Any:
    return Client().post("/status/code/", {"number": who}, follow=True)


def work_of(act: Callable[[str], Any], who: str) -> tuple[object, ...]:
    """What a stranger could measure: status, words, statements, hashes, jobs and mails of one request."""
    hashed, jobs, mails = CountedHasher.hashed, Job.objects.count(), len(mail.outbox)
    with CaptureQueriesContext(connection) as queries:
        page = act(who)
    words = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.text).replace(who, "WHO")
    return (
        page.status_code, words, len(queries), CountedHasher.hashed - hashed, Job.objects.count() - jobs,
        len(mail.outbox) - mails,
    )  # fmt: skip


@pytest.mark.parametrize(("act", "hashes", "jobs"), [(reset, 0, 1), (signed_up, 1, 1), (wrong_password, 1, 0)])
def test_a_known_and_an_unknown_address_cost_the_same(
    person: User, act: Callable[[str], Any], hashes: int, jobs: int
) -> None:
    act("somebody@example.jp")
    known, unknown = work_of(act, KNOWN), work_of(act, UNKNOWN)
    assert known == unknown
    assert known[3:] == (hashes, jobs, 0)


def test_a_known_and_an_unknown_receipt_number_cost_the_same() -> None:
    found = case(counter())
    for number in (found.number, "2026-999999-Q"):
        inquired(number)
    known, unknown = work_of(inquired, found.number), work_of(inquired, "2026-999999-Q")
    assert known == unknown
    assert known[3:] == (0, 1, 0)


def test_the_job_makes_the_account_and_mails_the_link_that_confirms_it() -> None:
    signed_up("New@Example.jp")
    assert not User.objects.exists()
    work_off()
    made = User.objects.get(email="new@example.jp")
    assert made.check_password(NEW_WORD)
    assert wrong_password("new@example.jp").status_code == 200
    link = re.search(r"https?://[^/]+(/addresses/\S+)", str(mail.outbox[-1].body))
    assert link
    client = Client()
    client.post(f"{link[1]}confirmation/")
    entered = client.post(reverse("account_login"), {"login": made.email, "password": NEW_WORD})
    assert entered.status_code == 302
    assert EmailAddress.objects.get(user=made).verified
    assert not AccountRequest.objects.exists()


def test_the_owner_of_an_address_is_told_that_somebody_signed_up_with_it(person: User) -> None:
    signed_up(KNOWN)
    work_off()
    assert User.objects.count() == 1
    assert person.check_password("correct horse")
    assert mail.outbox[-1].to == [KNOWN]
    assert reverse("account_reset_password") in str(mail.outbox[-1].body)


def test_two_sign_ups_with_one_address_make_one_account() -> None:
    for _ in range(2):
        signed_up("new@example.jp")
    work_off()
    assert User.objects.count() == 1
    assert len(mail.outbox) == 2


def test_what_waits_for_the_job_is_kept_encrypted_and_gone_afterwards(person: User) -> None:
    reset(KNOWN)
    waiting = repr(list(AccountRequest.objects.values()) + list(Job.objects.values()))
    assert KNOWN not in waiting
    work_off()
    assert not AccountRequest.objects.exists()
    assert "/reset/key/" in str(mail.outbox[-1].body)
