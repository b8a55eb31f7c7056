"""A guest sees an application with its number and a mailed code, its applicant with an account, and nobody else."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast.application_steps import bare
from tests.cast.cases import case, counter, decided, reviewed, work_off
from tests.cast.mailed_links import mailed_code
from todoke.audit.models import Entry
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db


def code_for(client: Client, number: str) -> str:
    client.post("/status/code/", {"number": number})
    work_off()
    return mailed_code()


def entered(found: Case) -> Client:
    client = Client()
    client.post("/status/entry/", {"number": found.number, "code": code_for(client, found.number)})
    return client


def test_a_guest_gets_in_with_number_and_code() -> None:
    found = case(counter())
    shown = entered(found).get(f"/cases/{found.number}/").content.decode()
    assert "いまの状況" in shown
    assert "担当が内容を確かめ始めるまで" in shown


def test_the_number_may_be_typed_as_people_type_it(client: Client) -> None:
    found = case(counter())
    wide = found.number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"}).lower()
    code = code_for(client, wide)
    assert (
        client.post("/status/entry/", {"number": wide, "code": code}).headers["Location"] == f"/cases/{found.number}/"
    )


def test_an_unknown_number_gets_the_same_answer_as_a_known_one(client: Client) -> None:
    found = case(counter())
    known = client.post("/status/code/", {"number": found.number}, follow=True)
    unknown = client.post("/status/code/", {"number": "2026-999999-Q"}, follow=True)
    assert known.status_code == unknown.status_code == 200
    assert bare(known).replace(found.number, "") == bare(unknown).replace("2026-999999-Q", "")
    work_off()
    assert Message.objects.filter(code="case-code").count() == 1


def test_who_left_for_the_mail_comes_back_to_the_page_of_the_code(client: Client) -> None:
    found = case(counter())
    asked = client.post("/status/code/", {"number": found.number})
    for _ in range(2):
        assert found.number in client.get(asked["Location"]).content.decode()
    work_off()
    assert Message.objects.filter(code="case-code").count() == 1


def test_known_and_unknown_cost_the_same(client: Client) -> None:
    """The same statements are run, so that a clock tells nothing (the mail is made by a job)."""
    found = case(counter())
    costs = []
    client.post("/status/code/", {"number": "2026-000000-K"})
    for number in (found.number, "2026-999999-Q"):
        with CaptureQueriesContext(connection) as queries:
            client.post("/status/code/", {"number": number})
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_code_opens_once_and_only_its_own_case(client: Client) -> None:
    at = counter()
    mine, other = case(at), case(at)
    code = code_for(client, mine.number)
    assert client.post("/status/entry/", {"number": other.number, "code": code}).status_code == 200
    assert client.post("/status/entry/", {"number": mine.number, "code": code}).status_code == 302
    assert client.post("/status/entry/", {"number": mine.number, "code": code}).status_code == 200


def test_a_code_typed_in_another_browser_opens_nothing_and_says_how_to_get_one_there(client: Client) -> None:
    found, elsewhere = case(counter()), Client()
    code = code_for(client, found.number)
    said = elsewhere.post("/status/entry/", {"number": found.number, "code": code})
    assert said.status_code == 200
    assert "頼んだブラウザでだけ使えます" in said.text
    assert "このブラウザで使う番号を、新しく送る" in said.text
    assert client.post("/status/entry/", {"number": found.number, "code": code}).status_code == 302
    again = code_for(elsewhere, found.number)
    assert elsewhere.post("/status/entry/", {"number": found.number, "code": again}).status_code == 302


def test_whoever_asks_and_guesses_elsewhere_spoils_nobodys_code(client: Client) -> None:
    found, stranger = case(counter()), Client(REMOTE_ADDR="192.0.2.66")
    code = code_for(client, found.number)
    stranger.post("/status/code/", {"number": found.number})
    work_off()
    for guess in range(20):
        stranger.post("/status/entry/", {"number": found.number, "code": f"{guess:06}"})
    assert client.post("/status/entry/", {"number": found.number, "code": code}).status_code == 302


def test_a_browser_that_asked_for_nothing_is_told_the_same_for_every_number(client: Client) -> None:
    found = case(counter())
    pages = [
        bare(client.post("/status/entry/", {"number": number, "code": "000000"})).replace(number, "")
        for number in (found.number, "2026-999999-Z")
    ]
    assert pages[0] == pages[1]


def test_guessing_is_stopped() -> None:
    found = case(counter())
    code_for(Client(), found.number)
    answers = [Client().post("/status/entry/", {"number": found.number, "code": "000000"}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "900"
    assert "申請には何も起きていません" in answers[-1].content.decode()


def test_strangers_are_led_to_the_same_door_for_known_and_unknown(client: Client) -> None:
    found = case(counter())
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    for act in ("", "withdraw/", "correction/", "letters/whatever/"):
        known = client.get(f"/cases/{found.number}/{act}")
        unknown = client.get(f"/cases/2026-999999-Q/{act}")
        assert known.status_code == unknown.status_code == 302
        assert known.headers["Location"] == f"/status/?number={found.number}"
    client.post(f"/cases/{found.number}/withdrawal/")
    found.refresh_from_db()
    assert found.status == "received"


def test_the_session_key_changes_when_a_code_is_entered() -> None:
    found = case(counter())
    client = Client()
    client.force_login(cast.resident())
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/status/entry/", {"number": found.number, "code": code_for(client, found.number)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_my_page_lists_my_applications_and_drafts(client: Client) -> None:
    at, me = counter(), cast.resident()
    mine, foreign = case(at, me), case(at)
    client.force_login(me)
    page = client.get("/me/").content.decode()
    assert mine.number in page
    assert "受け付けました" in page
    assert foreign.number not in page


def test_withdrawing_tells_the_consequence_first() -> None:
    found = case(counter())
    client = entered(found)
    assert "元には戻せません" in client.get(f"/cases/{found.number}/withdraw/").content.decode()
    client.post(f"/cases/{found.number}/withdrawal/")
    found.refresh_from_db()
    assert found.status == "withdrawn"
    assert "取り下げました" in client.get(f"/cases/{found.number}/").content.decode()


def test_only_the_named_answers_can_be_put_right() -> None:
    at = counter()
    found = reviewed(at)
    corrections.request_correction(
        found, [CorrectionPoint(AnswerKey("copies"), "mistake", "通数を確かめてください")], by=at.clerk
    )
    client = entered(found)
    page = client.get(f"/cases/{found.number}/correction/").content.decode()
    assert "通数を確かめてください" in page
    assert 'name="welfare"' not in page
    wrong = client.post(f"/cases/{found.number}/correction/answers/", {"copies": "百"}).content.decode()
    assert "百" in wrong
    sent = client.post(f"/cases/{found.number}/correction/answers/", {"copies": "5", "welfare": "yes"}, follow=True)
    assert "直していただいた内容を受け取りました" in sent.content.decode()
    found.refresh_from_db()
    values = dict(found.submission.answers.filter(superseded_at=None).values_list("question", "value"))
    assert (values["copies"], values["welfare"], found.status) == ("5", "no", "review")


def test_a_letter_is_downloaded_as_it_is_and_kept_by_no_cache() -> None:
    found = decided(counter())
    work_off()
    client = entered(found)
    letter = found.letters.get()
    response = client.get(f"/cases/{found.number}/letters/{letter.token}/")
    assert response.getvalue().startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert Client().get(f"/cases/{found.number}/letters/{letter.token}/").status_code == 302


def test_pages_of_a_person_are_never_kept(client: Client) -> None:
    found = case(counter())
    for address in ("/", "/me/", "/status/", f"/cases/{found.number}/", "/applications/nobody/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_stranger_who_goes_on_asking_from_everywhere_fills_no_mailbox_and_ends_no_code(client: Client) -> None:
    found = case(counter())
    code = code_for(client, found.number)
    for number in range(40):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/status/code/", {"number": found.number})
    work_off()
    assert Message.objects.filter(code="case-code").count() == 30
    assert client.post("/status/entry/", {"number": found.number, "code": code}).status_code == 302


def test_asking_for_a_code_and_entering_it_right_and_wrong_are_in_the_trail() -> None:
    found = case(counter())
    client = Client()
    code = code_for(client, found.number)
    for typed in ("000000", code):
        client.post("/status/entry/", {"number": found.number, "code": typed})
    Client().post("/status/entry/", {"number": "山田花子", "code": "000000"})
    trail = Entry.objects.filter(subject=f"照会 {found.number}").order_by("sequence")
    assert list(trail.values_list("act", flat=True)) == ["確認番号の送付", "確認番号の拒否", "確認番号の使用"]
    assert not Entry.objects.filter(subject__contains="山田").exists()
