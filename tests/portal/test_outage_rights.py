"""The door of an outage is as narrow as the page it replaces, and shut while that page works."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests import cast
from todoke.accounts.models import User
from todoke.cases.models import Case, Draft
from todoke.continuity import offline_submissions, replay
from todoke.continuity.models import Deposit
from todoke.continuity.offline_submissions import file_path
from todoke.portal import draft_cookie
from todoke.proving import service
from todoke.runtime import read_only_mode

pytestmark = pytest.mark.django_db(transaction=True)
MY_NUMBER, OURS = "123456789018", "http://testserver"


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.VAR = tmp_path_factory.mktemp("var")


@pytest.fixture
def hers(client: Client) -> Draft:
    """A draft of a person who is signed in, two of three pages answered."""
    number = service.build().offer.procedure.number
    client.force_login(cast.resident())
    client.post(f"/procedures/{number}/application/")
    draft = Draft.objects.get()
    for page in ("person", "matter"):
        fields = {**service.resident_answers("k1")[page], "go": "next"}
        client.post(f"/applications/{draft.submission.token}/pages/{page}/answers/", fields)
    return draft


def outage() -> None:
    call_command("readonly", "on", reason="試験", verbosity=0)


def deposit(client: Client, draft: Draft, **more: str) -> Any:
    path = f"/applications/{draft.submission.token}/pages/rest/answers/"
    typed = {f"typed.{name}": value for name, value in service.resident_answers("k1")["rest"].items()}
    return client.post("/outage/deposit/", {"path": path, **typed, "send": "1", **more})


def test_t45_the_door_is_shut_while_the_system_works(client: Client, hers: Draft) -> None:
    page = deposit(client, hers)
    assert page.status_code == 409
    assert "預かりは終わりました" in page.text
    assert f'action="/applications/{hers.submission.token}/pages/rest/answers/"' in page.text
    assert not offline_submissions.count_pending()


def test_t45_the_owner_deposits_and_the_application_is_hers(client: Client, hers: Draft) -> None:
    outage()
    assert deposit(client, hers).status_code == 200
    read_only_mode.switch_off()
    assert replay.replay_all() == {"申請を受付": 1}
    assert Case.objects.get().applicant_id == hers.applicant_id


@pytest.mark.parametrize(
    "who", ["another on the same browser", "nobody after signing out", "a stranger", "a forged token"]
)
def test_t45_nobody_else_deposits(client: Client, hers: Draft, who: str) -> None:
    visitor, drafts = Client(), client.cookies[draft_cookie.COOKIE].value
    if who.endswith(("browser", "out")):
        visitor.cookies[draft_cookie.COOKIE] = drafts
    if who.startswith("another"):
        visitor.force_login(cast.resident("海野 太郎", "taro@example.jp"))
    if who.endswith("token"):
        visitor.cookies[draft_cookie.COOKIE] = hers.submission.token
    outage()
    assert deposit(visitor, hers).status_code == 503
    assert not offline_submissions.count_pending()


@pytest.mark.parametrize("since", ["claimed by another", "account disabled"])
def test_t45_replay_asks_again_who_may_save(client: Client, hers: Draft, since: str) -> None:
    outage()
    deposit(client, hers)
    read_only_mode.switch_off()
    if since.startswith("claimed"):
        Draft.objects.update(applicant=cast.resident("海野 太郎", "taro@example.jp"))
    else:
        User.objects.filter(pk=cast.present(hers.applicant_id)).update(is_active=False)
    assert replay.replay_all() == {"職員の確認が必要": 1}
    assert not Case.objects.exists()
    assert "書き換えられる人ではありません" in Deposit.objects.get().reason


@pytest.mark.parametrize("typed", [MY_NUMBER, "番号は１２３４ ５６７８ ９０１８です", "1234-5678-9018"])
def test_t45_a_my_number_is_never_kept(client: Client, hers: Draft, typed: str) -> None:
    outage()
    page = deposit(client, hers, **{"typed.contact": typed})
    assert page.status_code == 503
    assert "マイナンバー(個人番号)は預かれません" in page.text
    assert not file_path().exists()


def test_t45_who_deposits_too_often_is_told_what_to_do(client: Client, hers: Draft) -> None:
    outage()
    for serial in range(offline_submissions.FOR_ONE_DRAFT):
        deposit(client, hers, **{"typed.contact": f"{serial}へ"})
    assert "1時間ほど待ってから" in deposit(client, hers).text


def test_what_is_handed_back_stands_in_the_words_of_the_form(client: Client, hers: Draft) -> None:
    outage()
    path = f"/applications/{hers.submission.token}/pages/person/answers/"
    sent = {**service.resident_answers("k1")["person"], "form__edition": "2", "next": "1", "go": "next"}
    page = client.post(path, sent, HTTP_ORIGIN=OURS)
    assert page.status_code == 503
    for name in ("form__edition", "next", "applicant__family", "nickname"):
        assert f"<dt>{name}</dt>" not in page.text
    for part in ("氏", "名", "氏(フリガナ)", "名(フリガナ)"):
        assert f" {part}</dt>" in page.text


def test_what_staff_typed_is_handed_back_by_its_place_and_not_by_a_name_of_the_program(client: Client) -> None:
    client.force_login(cast.headquarters())
    outage()
    page = client.post("/board/meetings/plan/", {"place": "庁議室", "held_on": "2026-12-03"}, HTTP_ORIGIN=OURS)
    assert page.status_code == 503
    assert "<dt>入力欄1</dt><dd>庁議室</dd>" in page.text
    assert "held_on</dt>" not in page.text
