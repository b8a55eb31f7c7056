"""The proof of codes reads what the program judged, and its app shows the codes that the program takes."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests import cast
from todoke.accounts.models import OneTimeCode, User
from todoke.accounts.second_factor import use_code
from todoke.proving import service
from todoke.proving.codes import code_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    user = cast.resident(email=service.account_email(1))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_the_app_and_the_sheet_of_the_proof_are_taken_by_the_program(person: User) -> None:
    (found,) = code_check.register(1)
    email, secret, recovery = found
    assert email == person.email
    assert use_code(person, code_check.code_at(secret, time.time()))
    assert use_code(person, recovery)


def test_each_guess_that_was_judged_is_counted_and_no_other(person: User) -> None:
    for _ in range(7):
        Client().post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert code_check.judged(person.email) == 5


def test_the_most_tried_mailed_code_is_found() -> None:
    assert code_check.most_tries() == 0
    OneTimeCode.issue("案件 1")
    for _ in range(3):
        OneTimeCode.redeem("案件 1", "no code")
    assert code_check.most_tries() == 3
