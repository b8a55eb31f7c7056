"""Another system gets a post like a person, by the word of a chief and of two administrators, and a key of its own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import signed_in
from tests.cast.cases import case, counter
from tests.cast.integrations import administrators, key_of, machine, registered
from tests.cast.races import together
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.cases.assignment import assignable_users
from todoke.cases.models import Case
from todoke.cases.permissions import PROCESS_CASES
from todoke.integrations.models import ApiKey, Partner
from todoke.integrations.models.api_key import digest_of
from todoke.runtime.email_backend import BlockableBackend
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


def test_a_machine_sees_the_applications_of_its_section_and_no_others() -> None:
    here, there = counter(), counter("税務課", "2020")
    mine, other = case(here), case(there)
    account = machine(here)
    assert list(Case.objects.visible_to(account.user)) == [mine]
    assert mine.can_process(account.user)
    assert not other.can_process(account.user)


def test_a_partner_is_in_use_only_after_the_chief_and_a_second_administrator() -> None:
    at = counter()
    first, second = administrators()
    partner = registered(at)
    with pytest.raises(NotYet, match="同意"):
        partner.approve(by=second)
    with pytest.raises(NotAllowed):
        partner.consent(by=at.clerk)
    partner.consent(by=at.chief)
    with pytest.raises(Conflict):
        partner.consent(by=at.chief)
    with pytest.raises(NotAllowed, match="登録した人"):
        partner.approve(by=first)
    with pytest.raises(NotAllowed):
        partner.approve(by=at.chief)
    assert not User.objects.filter(machine__isnull=False).exists()
    account = partner.approve(by=second)
    assert account.user.tenures.get().post.title.startswith("連携")
    assert [entry.act for entry in Entry.objects.filter(subject=f"integrations.partner/{partner.pk}")] == [
        "連携先の登録", "連携先への同意", "連携先の承認",
    ]  # fmt: skip


def test_the_database_refuses_a_partner_approved_by_whoever_registered_it() -> None:
    partner = registered(counter())
    with pytest.raises(IntegrityError):
        Partner.objects.filter(pk=partner.pk).update(approved_by=partner.registered_by)


def test_a_key_is_shown_once_and_kept_as_a_hash() -> None:
    account = machine(counter())
    text = key_of(account)
    stored = ApiKey.objects.named_by(text).get()
    assert stored.is_live
    assert stored.digest == digest_of(text.split("_", 2)[2])
    assert text.split("_", 2)[2] not in {str(value) for value in vars(stored).values()}
    assert not ApiKey.objects.named_by(text[:-1] + ("A" if text[-1] != "A" else "B")).exists()
    assert not ApiKey.objects.named_by("tdk_x").exists()


def test_a_key_is_rotated_by_a_second_one_and_never_by_a_third() -> None:
    account, (first, _) = machine(counter()), administrators()
    key_of(account)
    key_of(account)
    with pytest.raises(Refused, match="2つ"):
        key_of(account)
    old = ApiKey.objects.order_by("pk")[0]
    assert old.revoke(by=first, reason="替えた")
    assert not old.revoke(by=first, reason="もう一度")
    key_of(account)
    assert ApiKey.objects.live().count() == 2


def test_an_expired_key_opens_nothing_and_makes_room() -> None:
    account = machine(counter())
    key_of(account)
    key_of(account)
    past = timezone.now() - timedelta(days=60)
    ApiKey.objects.update(issued_at=past, expires_at=past + timedelta(days=30))
    assert not ApiKey.objects.live().exists()
    key_of(account)
    assert ApiKey.objects.live().count() == 1


def test_no_key_holds_longer_than_a_year() -> None:
    account = machine(counter())
    with pytest.raises(Refused, match="365"):
        key_of(account, days=366)
    key_of(account)
    with pytest.raises(IntegrityError):
        ApiKey.objects.update(days=400)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_keys_issued_at_one_moment_two_are() -> None:
    account = machine(counter())
    done = together(*[lambda: key_of(account) for _ in range(6)])
    assert sum(done) == ApiKey.objects.live().count() == 2


def test_the_end_of_a_partner_closes_everything_at_once() -> None:
    at = counter()
    account, (first, _) = machine(at), administrators()
    case(at)
    key_of(account)
    with pytest.raises(Refused, match="理由"):
        account.partner.end(by=first, reason=" ")
    account.partner.end(by=first, reason="契約の終了")
    user = User.objects.get(pk=account.user_id)
    assert not Case.objects.visible_to(user).exists()
    assert not ApiKey.objects.live().exists()
    with pytest.raises(Conflict):
        account.partner.end(by=first, reason="もう一度")


def test_a_machine_neither_signs_in_nor_is_mailed_nor_counts_as_a_colleague(settings: Settings) -> None:
    settings.EMAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    at = counter()
    account = machine(at)
    assert not Client().login(email=account.user.email, password="")
    letters = [EmailMessage("件名", "本文", to=[to]) for to in (account.user.email, at.clerk.email)]
    assert BlockableBackend().send_messages(letters) == 2
    assert [each.to for each in mail.outbox] == [[at.clerk.email]]
    assert account.user not in assignable_users(at.clerk)
    assert account.user not in PROCESS_CASES.people(at.section)


def test_an_administrator_registers_a_partner_and_a_second_one_gives_it_a_key() -> None:
    at = counter()
    first, second = administrators()
    facts = {
        "name": "住民情報システム", "code": "residents", "department": at.section.pk, "purpose": "状態を合わせる",
        "contact": "例 株式会社", "scopes": ["cases.status"], "channel": "partner", "networks": "10.0.0.0/8",
        "review_on": (timezone.now() + timedelta(days=90)).date().isoformat(),
    }  # fmt: skip
    page = signed_in(first).post("/office/partners/registration/", facts | {"networks": "どこか"})
    assert page.status_code == 422
    signed_in(first).post("/office/partners/registration/", facts)
    signed_in(at.chief).post("/office/partners/residents/consent/")
    signed_in(second).post("/office/partners/residents/approval/")
    shown = signed_in(second).post("/office/partners/residents/key/", {"days": "30"}).content.decode()
    assert "前の鍵" not in shown
    assert 'href="/api/"' in shown
    again = signed_in(second).post("/office/partners/residents/key/", {"days": "30"}).content.decode()
    assert "前の鍵は、まだ使えます" in again
    text = shown.split("<code")[1].split(">")[1].split("<")[0]
    found = ApiKey.objects.named_by(text).get()
    assert found.is_allowed_from("10.2.3.4")
    assert not found.is_allowed_from("192.0.2.1")
    assert text not in signed_in(second).get("/office/partners/residents/").content.decode()
    signed_in(first).post(f"/office/partners/residents/keys/{found.public_id}/revocation/")
    signed_in(first).post("/office/partners/residents/end/", {"reason": "契約の終了"})
    assert "終了" in signed_in(first).get("/office/partners/residents/").content.decode()


def test_a_chief_sees_the_partners_of_the_section_and_a_clerk_none() -> None:
    here, there = counter(), counter("税務課", "2020")
    machine(here)
    assert signed_in(here.chief).get("/office/partners/resident-system/").status_code == 200
    for person in (there.chief, here.clerk, there.clerk):
        assert signed_in(person).get("/office/partners/resident-system/").status_code == 404
