"""A code is good once for the whole installation, and guesses are counted once for all processes."""

import threading
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.cast import clerk, resident
from tests.cast.second_factors import confirmed_by_mail, shown_by_the_app, sign_in, with_mail
from todoke.accounts.models import User
from todoke.accounts.second_factor import use_code
from todoke.accounts.used_codes import UsedCode


@pytest.fixture
def person() -> User:
    return with_mail(clerk())


def factor_of(person: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def asked_for_a_code(person: User, **where: Any) -> Client:
    client = Client(**where)
    assert sign_in(client, person).headers["Location"].startswith(reverse("mfa_authenticate"))
    return client


def entered(client: Client, code: str) -> bool:
    """Whether a code lets the person in; another process knows nothing of this one's memory."""
    cache.clear()
    return client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302


@pytest.mark.django_db
def test_a_code_of_the_app_is_good_once_in_all_its_ninety_seconds(person: User) -> None:
    code = shown_by_the_app(factor_of(person), ahead=1)
    assert entered(asked_for_a_code(person), code)
    assert not entered(asked_for_a_code(person), code)
    assert not entered(asked_for_a_code(person), f"{code[:3]} {code[3:]}")


@pytest.mark.django_db
def test_a_code_of_the_app_may_be_typed_in_full_width_digits(person: User) -> None:
    code = shown_by_the_app(factor_of(person))
    wide = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    client = asked_for_a_code(person)
    assert entered(client, wide)
    assert not entered(asked_for_a_code(person), code)


@pytest.mark.django_db
def test_the_code_that_registered_the_app_is_used_up(person: User) -> None:
    client = Client()
    sign_in(client, person)
    confirmed_by_mail(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_app(secret)})
    assert not entered(asked_for_a_code(person), shown_by_the_app(secret))


@pytest.mark.django_db
def test_a_recovery_code_is_good_once_however_it_is_typed(person: User) -> None:
    factor_of(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert entered(asked_for_a_code(person), code)
    assert not entered(asked_for_a_code(person), f"{code[:4]}-{code[4:]}")


@pytest.mark.django_db
def test_a_sheet_looked_at_meanwhile_does_not_give_a_used_code_back(person: User) -> None:
    sheet = RecoveryCodes.activate(person)
    stale = Authenticator.objects.get(pk=sheet.instance.pk).wrap()
    code = sheet.get_unused_codes()[0]
    assert use_code(person, code)
    stale.mark_as_viewed()
    assert use_code(person, code) is None


@pytest.mark.django_db
def test_sixty_wrong_codes_are_judged_at_most_ten_times(person: User) -> None:
    secret = factor_of(person)
    clients = [asked_for_a_code(person) for _ in range(3)]
    judged = [answered(client, f"{guess:06}") for client in clients for guess in range(20)].count("incorrect_code")
    assert 0 < judged <= 10
    assert not entered(clients[0], shown_by_the_app(secret))


def answered(client: Client, code: str) -> str:
    """Why a code was refused; another process knows nothing of this one's memory."""
    cache.clear()
    page = client.post(reverse("mfa_authenticate"), {"code": code})
    return str(page.context["form"].errors.as_data()["code"][0].code)


@pytest.mark.django_db
def test_a_thief_who_guesses_elsewhere_keeps_nobody_out(person: User) -> None:
    secret = factor_of(person)
    thief = asked_for_a_code(person, REMOTE_ADDR="192.0.2.66")
    for guess in range(20):
        entered(thief, f"{guess:06}")
    assert entered(asked_for_a_code(person), shown_by_the_app(secret))


@pytest.mark.django_db
def test_a_known_browser_comes_in_while_hundreds_guess_from_everywhere() -> None:
    person = with_mail(resident(email="r@example.jp"))
    at_home = Client(REMOTE_ADDR="192.0.2.1")
    sign_in(at_home, person)
    at_home.post(reverse("account_logout"))
    for count in range(60):
        login = {"login": person.email, "password": "wrong"}
        Client(REMOTE_ADDR=f"198.51.100.{count}").post(reverse("account_login"), login)
    assert sign_in(at_home, person).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_eight_doors_at_one_moment_let_one_in() -> None:
    person = clerk()
    code = shown_by_the_app(factor_of(person))
    barrier = threading.Barrier(8)
    let_in: list[Authenticator | None] = []

    def enter() -> None:
        barrier.wait(timeout=60)
        let_in.append(use_code(person, code))
        connections.close_all()

    doors = [threading.Thread(target=enter) for _ in range(8)]
    for door in doors:
        door.start()
    for door in doors:
        door.join()
    assert sum(found is not None for found in let_in) == 1


@pytest.mark.django_db
def test_a_dump_holds_no_secret_of_a_factor_and_no_waiting_one(person: User) -> None:
    secret, client = factor_of(person), Client()
    seed_codes = RecoveryCodes.activate(person).get_unused_codes()
    use_code(person, shown_by_the_app(secret))
    other = with_mail(resident())
    sign_in(client, other)
    confirmed_by_mail(client)
    waiting = client.get(reverse("mfa_activate_totp")).context["form"].secret
    dump = _dump() + str(client.session.load())
    assert all(canary not in dump for canary in (secret, waiting, *seed_codes))
    assert UsedCode.objects.count() == 1


def _dump() -> str:
    with connection.cursor() as cursor:
        rows: list[object] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return repr(rows)
