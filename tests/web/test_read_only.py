"""While nothing can be written people still see everything, and lose nothing that they typed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import continuity
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.cases.models import Case, Draft
from todoke.continuity import offline_submissions, replay, sqlite_copy
from todoke.continuity.models import Deposit
from todoke.formbuilder.answers.page_form import EDITION
from todoke.organization.models import Department
from todoke.proving import service
from todoke.runtime import read_only_mode, replica

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    settings.VAR = tmp_path_factory.mktemp("var")
    yield
    read_only_mode.breaker.close()
    read_only_mode.breaker.retry_at = 0.0


@pytest.fixture
def filling(client: Client) -> tuple[Client, Draft]:
    """Somebody in the middle of an application: two of three pages are answered."""
    number = service.build().offer.procedure.number
    client.post(f"/procedures/{number}/application/")
    draft = Draft.objects.get()
    for page in ("person", "matter"):
        fields = {**service.resident_answers("k1")[page], "go": "next"}
        client.post(f"/applications/{draft.submission.token}/pages/{page}/answers/", fields)
    return client, draft


def read_only() -> None:
    call_command("readonly", "on", reason="試験", verbosity=0)


def press(client: Client, draft: Draft) -> Any:
    path = f"/applications/{draft.submission.token}/pages/rest/answers/"
    return client.post(path, {**service.resident_answers("k1")["rest"], "go": "next"}, headers=ORIGIN)


def keep(client: Client, draft: Draft, **more: str) -> Any:
    path = f"/applications/{draft.submission.token}/pages/rest/answers/"
    typed = {f"typed.{name}": value for name, value in service.resident_answers("k1")["rest"].items()}
    return client.post("/outage/deposit/", {"path": path, **typed, **more}, headers=ORIGIN)


def test_every_page_says_of_when_it_is(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    read_only()
    for path in ("/", "/procedures/", f"/applications/{draft.submission.token}/pages/matter/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "参照専用・" in page.text
        assert re.search(r"参照専用・\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}現在", page.text)
    call_command("readonly", "off", verbosity=0)
    assert "参照専用" not in client.get("/").text


def test_what_was_typed_is_handed_back_and_nothing_is_written(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    before = draft.submission.answers.count(), Entry.objects.count()
    read_only()
    page = press(client, draft)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    for label, value in (("検証の設問 contact", "k1へ"), ("検証の設問 agreed", "はい")):
        assert f"<dt>{label}</dt><dd>{value}</dd>" in page.text
    assert "この内容を預ける" in page.text
    assert (draft.submission.answers.count(), Entry.objects.count()) == before


def test_a_strangers_form_is_not_filled_in_for_anybody(filling: tuple[Client, Draft]) -> None:
    _, draft = filling
    read_only()
    path = f"/applications/{draft.submission.token}/pages/rest/answers/"
    page = Client().post(path, {"contact": "k1へ"}, headers={"origin": "https://evil.example"})
    assert "k1へ" not in page.text
    assert "預り番号" not in keep(Client(), draft).text


def test_what_was_deposited_becomes_an_application_once_with_the_hour_of_the_deposit(
    filling: tuple[Client, Draft],
) -> None:
    client, draft = filling
    read_only()
    page = keep(client, draft, send="1")
    number = offline_submissions.format_number(1)
    assert number in page.text
    assert number in keep(client, draft, send="1").text
    slip = next(offline_submissions.pending())
    assert "k1へ" not in offline_submissions.file_path().read_text()
    assert Case.objects.count() == 0
    call_command("readonly", "off", verbosity=0)
    case = Case.objects.get()
    assert case.received_at == slip.at
    assert Deposit.objects.get().outcome == Deposit.Outcome.RECEIVED
    assert not offline_submissions.count_pending()
    assert not replay.replay_all()
    assert replay.replay_one(slip) is None
    assert Case.objects.count() == 1
    read_only()
    later = keep(client, draft, send="1", **{"typed.hours": "k1時から"})
    assert offline_submissions.format_number(2) in later.text


def test_a_deposit_that_somebody_overtook_waits_for_a_person(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    read_only()
    keep(client, draft)
    read_only_mode.switch_off()
    press(client, draft)
    assert replay.replay_all() == {"職員の確認が必要": 1}
    doubt = Deposit.objects.get()
    assert doubt.typed["fields"]["contact"] == ["k1へ"]
    assert "k1へ" not in str(doubt.content)
    assert "書き換えています" in doubt.reason


def test_a_deposit_that_nobody_can_read_holds_up_no_other(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    read_only()
    path = f"/applications/{draft.submission.token}/pages/nowhere/answers/"
    client.post("/outage/deposit/", {"path": path, "typed.contact": "k1へ"}, headers=ORIGIN)
    keep(client, draft, **{f"typed.{EDITION}": "9" * 5000})
    read_only_mode.switch_off()
    assert replay.replay_all() == {"職員の確認が必要": 1, "下書きに保存": 1}
    assert Deposit.objects.get(outcome=Deposit.Outcome.TO_LOOK_AT).typed["page"] == "nowhere"


def test_the_standby_refuses_to_write_whatever_the_program_tries() -> None:
    sqlite_copy.refresh()
    with replica.use_replica(), pytest.raises(DatabaseError):
        Department.objects.create(code="1", name="書けないはずの部署")
    assert not Department.objects.exists()


def test_staff_read_and_their_looking_is_entered_afterwards(client: Client) -> None:
    case = continuity.applied()
    client.login(username="clerk@proof.example", password=service.PASSWORD)
    read_only()
    assert case.number in client.get("/office/cases/").text
    page = client.get(f"/office/cases/{case.number}/")
    assert page.status_code == 200
    assert "参照専用・" in page.text
    assert client.post(f"/office/cases/{case.number}/review/").status_code == 503
    assert not Entry.objects.filter(act="閲覧").exists()
    call_command("readonly", "off", verbosity=0)
    assert "参照専用のあいだ" in Entry.objects.get(act="閲覧").reason


def test_staff_may_sign_in_during_an_outage_and_sign_in_again_afterwards(client: Client) -> None:
    case = continuity.applied()
    read_only()
    rows = Session.objects.count()
    page = client.post("/accounts/login/", {"login": service.CLERK, "password": service.PASSWORD}, headers=ORIGIN)
    assert page.status_code == 302
    assert case.number in client.get("/office/cases/").text
    assert client.get(f"/office/cases/{case.number}/").status_code == 200
    assert Session.objects.count() == rows
    call_command("readonly", "off", verbosity=0)
    assert client.get("/office/cases/").status_code == 302


def test_the_second_factor_is_asked_for_in_an_outage_too(client: Client, settings: Settings) -> None:
    case = continuity.applied()
    settings.STAFF_SECOND_FACTOR = True
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(User.objects.get(email=service.CLERK), secret)
    read_only()
    page = client.post("/accounts/login/", {"login": service.CLERK, "password": service.PASSWORD}, headers=ORIGIN)
    assert page["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/office/cases/").status_code == 302
    code = auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))
    client.post("/accounts/2fa/authenticate/", {"code": code}, headers=ORIGIN)
    assert case.number in client.get("/office/cases/").text


def test_a_session_of_an_outage_cannot_be_forged(client: Client, settings: Settings) -> None:
    continuity.applied()
    read_only()
    client.cookies[settings.SESSION_COOKIE_NAME] = "showing.eyJfYXV0aF91c2VyX2lkIjoiMSJ9:forged:seal"
    assert client.get("/office/cases/").status_code == 302


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the drill kills a PostgreSQL server")
def test_pages_go_on_by_themselves_when_the_database_is_gone(filling: tuple[Client, Draft]) -> None:
    client, draft = filling
    sqlite_copy.refresh()
    there = Path(str(connection.settings_dict["NAME"]))
    away = there.with_suffix(".away")
    there.rename(away)
    try:
        assert "参照専用・" in client.get("/").text
        assert press(client, draft).status_code == 503
    finally:
        away.rename(there)
    read_only_mode.breaker.retry_at = float("inf")
    assert "参照専用・" in client.get("/").text
    read_only_mode.breaker.retry_at = 0.0
    assert "参照専用" not in client.get("/").text
    assert press(client, draft).status_code == 302


def test_an_old_copy_says_how_old_it_is() -> None:
    if not sqlite_copy.refresh():
        return
    with replica.use_replica() as copy:
        assert timezone.now() - replica.data_as_of(copy) < timedelta(minutes=1)
