"""A colleague without mail or device registers a factor in person: issued by somebody else, once, within a day."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from tests.cast import present
from tests.cast.second_factors import shown_by_the_app, sign_in
from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.audit.models import Entry
from todoke.federation.models import FactorEnrolment
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
CONFIRM = "/me/confirmation/"


@pytest.fixture(autouse=True)
def _second_factor_asked(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def admin() -> User:
    return cast.staff("管理 花子", "kanri@example.lg.jp", Post.Role.ADMINISTRATOR, cast.department("情報課", "1003"))


@pytest.fixture
def colleague() -> User:
    user = cast.clerk()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def issued(colleague: User, by: User) -> str:
    return FactorEnrolment.issue(colleague, reason="lost", check_of_person="badge", by=by)[1]


def test_a_colleague_registers_a_factor_with_the_slip(admin: User, colleague: User, client: Client) -> None:
    code = issued(colleague, admin)
    sign_in(client, colleague)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "管理 花子さんが" in asked.text
    wide = f"{code[:5]} {code[5:]}".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert client.post(CONFIRM, {"number": wide}).status_code == 302
    secret = present(re.search(r"\b[A-Z2-7]{32}\b", client.get(reverse("mfa_activate_totp")).text))[0]
    assert client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_app(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=colleague, type=Authenticator.Type.TOTP).exists()


def test_the_password_alone_and_the_mailbox_register_nothing_while_a_slip_is_open(
    admin: User, colleague: User, client: Client
) -> None:
    issued(colleague, admin)
    sign_in(client, colleague)
    client.post(CONFIRM)
    client.post(CONFIRM, {"code": "000000"})
    client.post(CONFIRM, {"number": "0000000000"})
    assert not Message.objects.filter(code="sign-in-code").exists()
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def test_a_slip_dies_after_one_use_after_a_day_and_with_the_next_one(admin: User, colleague: User) -> None:
    first, second = issued(colleague, admin), issued(colleague, admin)
    assert not FactorEnrolment.redeem(colleague, first)
    assert FactorEnrolment.redeem(colleague, second)
    assert not FactorEnrolment.redeem(colleague, second)
    third = issued(colleague, admin)
    FactorEnrolment.objects.update(expires_at=timezone.now(), issued_at=timezone.now() - timedelta(days=1))
    assert not FactorEnrolment.redeem(colleague, third)


def test_a_slip_is_good_for_its_own_person_only(admin: User, colleague: User) -> None:
    other = cast.staff("高橋 係員", "other@example.lg.jp")
    code = issued(colleague, admin)
    issued(other, admin)
    assert not FactorEnrolment.redeem(other, code)


def test_the_lost_device_and_every_session_end_with_the_issue(admin: User, colleague: User, client: Client) -> None:
    TOTP.activate(colleague, secret := generate_totp_secret())
    sign_in(client, colleague)
    client.post(reverse("mfa_authenticate"), {"code": shown_by_the_app(secret)})
    assert client.get("/office/").status_code == 200
    issued(colleague, admin)
    assert client.get("/office/").headers["Location"].startswith(reverse("account_login"))
    assert not Authenticator.objects.filter(user=colleague).exists()


def test_it_is_in_the_trail_without_the_code_and_the_person_is_told(admin: User, colleague: User) -> None:
    code = issued(colleague, admin)
    FactorEnrolment.redeem(colleague, code)
    trail = Entry.objects.filter(subject=subject_of(colleague)).values_list("act", "actor_label", "reason")
    assert list(trail) == [
        ("認証の手段の登録票の発行", "管理 花子", "認証の手段をなくした・壊した"),
        ("認証の手段の登録票の使用", "佐藤 係員", ""),
    ]
    told = Message.objects.get(code="sign-in-change")
    assert told.email == colleague.email
    assert "認証の手段の登録票の発行(管理 花子)" in told.subject
    assert code not in repr(list(Entry.objects.values())) + repr(list(FactorEnrolment.objects.values())) + told.body


def test_nobody_enrols_oneself_and_only_an_administrator_enrols_anybody(admin: User, colleague: User) -> None:
    for person, by in ((admin, admin), (admin, colleague)):
        with pytest.raises(NotAllowed):
            issued(person, by)
    with pytest.raises(Refused):
        issued(cast.resident(), admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorEnrolment.objects.create(
            user=admin, by=admin, reason="lost", check_of_person="badge", code_hash="x",
            issued_at=timezone.now(), expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    assert not FactorEnrolment.objects.exists()


def test_the_administrator_hands_the_slip_over_at_the_page(
    admin: User, colleague: User, client: Client, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(admin)
    post = colleague.tenures.get().post
    department = client.get(f"/office/organization/{post.department.code}/")
    assert "認証の手段の登録票を出す" in department.text
    address = f"/office/organization/{post.department.code}/{post.title}/enrolment/"
    assert "佐藤 係員" in client.get(address).text
    form = {"email": colleague.email, "reason": "no_mail", "check_of_person": "superior"}
    slip = client.post(f"{address}slip/", form)
    number = present(re.search(r"<strong>(\d{5} \d{5})</strong>", slip.text))[1]
    assert FactorEnrolment.redeem(colleague, number)
    client.force_login(User.objects.get(pk=colleague.pk))
    assert client.get(address).status_code == 403
    assert client.post(f"{address}slip/", form).status_code == 403
