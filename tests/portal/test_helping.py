"""Helping each other: earlier answers, agents, the yearly question, and terminals that many people use."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.application_steps import begun, filled, seen
from tests.cast.cases import FILLED, Counter, case, counter, decided
from tests.cast.formbuilder import photo
from tests.cast.mailed_links import mailed_path
from todoke.accounts.models import User
from todoke.cases import reconfirmations
from todoke.cases.models import Case, Draft, Reconfirmation, Representation
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db
AGENT = {
    "kind": "mandate", "name": "山田 太郎", "relation": "子", "authority": "委任状がある", "agreed": "on",
}  # fmt: skip


def papers() -> dict[str, SimpleUploadedFile]:
    """What a mandated agent attaches."""
    return {"agent_mandate": photo("委任状.png"), "agent_identity": photo("免許証.png")}


def asked(at: Counter, applicant: User | None = None) -> Reconfirmation:
    decided(at, by=applicant)
    offer = at.release.offer
    begun = reconfirmations.start_round(offer, offer, year=2026, due_on=today() + timedelta(days=30), by=at.clerk)
    return begun.asked.get()


def test_my_address_of_last_time_is_there_and_says_so(client: Client) -> None:
    at, me = counter(), cast.resident()
    case(at, me)
    client.force_login(me)
    draft = client.post("/procedures/P-1010/application/", {"reuse": "1"}).headers["Location"]
    page = client.get(f"{draft}pages/person/").content.decode()
    assert 'value="hanako@example.jp"' in page
    assert "前の申請から入れました" in page


def test_nothing_is_filled_in_unasked(client: Client) -> None:
    at, me = counter(), cast.resident()
    case(at, me)
    client.force_login(me)
    assert "前の申請から入れました" not in client.get(f"{begun(client, at)}pages/person/").content.decode()


def test_an_agent_is_recorded_and_shown(client: Client) -> None:
    counter()
    draft = client.post("/procedures/P-1010/agent/application/", AGENT).headers["Location"]
    assert "山田 太郎さん(子)が代わりに入力しています" in client.get(f"{draft}pages/person/").content.decode()
    assert "委任状がある" in client.get(f"{draft}check/").content.decode()


def test_the_clerk_sees_who_acted_on_which_authority(client: Client) -> None:
    at = counter()
    draft = client.post("/procedures/P-1010/agent/application/", AGENT).headers["Location"]
    client.post(f"{draft}pages/agent_papers/answers/", {**papers(), "next": "1"})
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    client.force_login(at.clerk)
    page = client.get(f"/office/cases/{Case.objects.get().number}/").content.decode()
    assert "委任状がある" in page
    assert "山田 太郎(子)" in page


def test_an_agent_without_authority_does_not_begin(client: Client) -> None:
    counter()
    page = client.post("/procedures/P-1010/agent/application/", {**AGENT, "authority": "", "agreed": ""})
    assert "代理の根拠を入力してください" in page.content.decode()
    assert not Representation.objects.exists()
    assert not Draft.objects.exists()


def test_the_yearly_question_takes_one_press(client: Client) -> None:
    asked(counter())
    page = mailed_path("reconfirmation")
    assert "変わりなしで届け出る" in client.get(page).content.decode()
    receipt = client.post(f"{page}unchanged/", follow=True)
    sent = Case.objects.latest("pk")
    assert sent.number in receipt.content.decode()
    assert client.get(f"/cases/{sent.number}/").status_code == 200
    assert client.post(f"{page}unchanged/").status_code == 410
    assert Case.objects.count() == 2
    assert "もう受け取りました" in client.get(page).content.decode()


def test_something_changed_shows_last_times_answers(client: Client) -> None:
    asked(counter())
    draft = client.post(f"{mailed_path('reconfirmation')}application/").headers["Location"]
    assert "山田" in client.get(f"{draft}pages/person/").content.decode()


def test_the_link_of_an_account_opens_for_that_account_only(client: Client) -> None:
    me = cast.resident()
    asked(counter(), me)
    page = mailed_path("reconfirmation")
    assert client.get(page).headers["Location"].startswith("/accounts/login/")
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert client.get(page).status_code == client.post(f"{page}unchanged/").status_code == 404
    client.force_login(me)
    assert client.get(page).status_code == 200


def test_the_next_person_at_a_shared_terminal_sees_nothing(client: Client) -> None:
    at = counter()
    client.post("/terminal/sharing/")
    client.force_login(cast.resident())
    draft = filled(client, at)
    assert "終わる" in client.get(f"{draft}pages/person/").content.decode()
    ended = client.post("/leave/")
    assert ended.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(f"{draft}pages/person/").status_code == 404
    home = client.get("/").content.decode()
    assert "続きから" not in home
    assert "ログアウト" not in home
    assert "みなさんで使う端末です" in home


def test_three_quiet_minutes_end_a_shared_terminal_and_no_other(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    client.get("/leave/idle/")
    assert client.get(f"{draft}check/").status_code == 200
    client.post("/terminal/sharing/")
    draft = filled(client, at)
    assert 'content="180;url=/leave/idle/"' in client.get(f"{draft}check/").content.decode()
    client.get("/leave/idle/")
    assert client.get(f"{draft}check/").status_code == 404


def test_a_mandated_agent_is_asked_for_mandate_and_identity_before_sending(client: Client) -> None:
    counter()
    draft = client.post("/procedures/P-1010/agent/application/", AGENT).headers["Location"]
    first = client.get(draft, follow=True).content.decode()
    assert "委任状" in first
    assert "代理人の本人確認書類" in first
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    check = client.get(f"{draft}check/").content.decode()
    assert "「委任状」を添付してください。" in check
    client.post(f"{draft}pages/agent_papers/answers/", {**papers(), "next": "1"})
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    found = Case.objects.get()
    assert found.submission.uploads.current().count() == 2
    assert found.submission.agent_role == "mandate"


def test_a_legal_representative_shows_the_office_and_a_helper_nothing(client: Client) -> None:
    counter()
    draft = client.post("/procedures/P-1010/agent/application/", {**AGENT, "kind": "legal"}).headers["Location"]
    assert "代理の資格が分かる書類" in client.get(draft, follow=True).content.decode()
    helped = client.post("/procedures/P-1010/agent/application/", {**AGENT, "kind": "helper"}).headers["Location"]
    page = client.get(helped, follow=True).content.decode()
    assert "代理の資格" not in page
    assert "あなたについて" in page
