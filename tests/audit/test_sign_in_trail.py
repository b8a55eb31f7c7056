"""Who came in, who was refused and which factor changed can be read later, and the person is told."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from tests import cast
from tests.cast.second_factors import registered, shown_by_the_app, sign_in, with_mail
from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.audit.models import Entry
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> User:
    return with_mail(cast.resident())


def acts(person: User) -> list[str]:
    return list(Entry.objects.filter(subject=subject_of(person)).values_list("act", flat=True))


def test_sign_ins_refusals_and_factors_are_in_the_trail_without_a_code(client: Client, person: User) -> None:
    Client().post(reverse("account_login"), {"login": person.email, "password": "my other word"})
    sign_in(client, person)
    secret = registered(client)
    client.post(reverse("account_logout"))
    assert acts(person) == ["ログインのお断り", "ログイン", "認証の手段の登録", "認証の手段の登録", "ログアウト"]
    kept = repr(list(Entry.objects.values()))
    assert all(word not in kept for word in (secret, shown_by_the_app(secret), "my other word", person.email))


def test_a_person_is_told_of_a_factor_that_somebody_registered(client: Client, person: User) -> None:
    sign_in(client, person)
    registered(client)
    told = Message.objects.get(code="sign-in-change")
    assert told.email == person.email
    assert "認証アプリの登録" in told.subject
    assert reverse("account_reset_password") in told.body


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountedHasher.hashed += 1
        return super().encode(password, salt)


def test_a_wrong_password_costs_the_same_whether_the_person_exists_or_not(settings: Settings, person: User) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
    cast.resident(email="unverified@example.jp")
    costs = set()
    for email in (person.email, "unverified@example.jp", "nobody@example.jp"):
        login = {"login": email, "password": "wrong"}
        Client().post(reverse("account_login"), login)
        before = CountedHasher.hashed
        with CaptureQueriesContext(connection) as work:
            Client().post(reverse("account_login"), login)
        costs.add((len(work), CountedHasher.hashed - before))
    assert len(costs) == 1
    assert costs.pop()[1] == 1
