"""An application is sent once, however often the button is pressed, and the receipt stays the same."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast.application_steps import begun, filled, seen, sent
from tests.cast.cases import counter, work_off
from tests.cast.mailed_links import mailed_path
from todoke.cases.models import Case
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db


def test_a_double_click_gives_one_application_and_one_receipt(client: Client) -> None:
    draft = filled(client, counter())
    checked = seen(client, draft)
    pages = [client.post(f"{draft}submission/", {"seen": checked}, follow=True) for _ in range(3)]
    case = Case.objects.get()
    assert all(case.number in page.content.decode() for page in pages)
    assert Message.objects.filter(code="case-received").count() == 1


def test_reload_and_back_lead_to_the_same_receipt(client: Client) -> None:
    draft = filled(client, counter())
    checked = seen(client, draft)
    client.post(f"{draft}submission/", {"seen": checked})
    for address in (draft, f"{draft}check/", f"{draft}pages/person/", f"{draft}later/", f"{draft}submission/"):
        assert Case.objects.get().number in client.get(address, follow=True).content.decode()


def test_a_second_tab_that_changed_an_answer_is_noticed(client: Client) -> None:
    draft = filled(client, counter())
    checked = seen(client, draft)
    client.post(f"{draft}pages/person/draft/", {"copies": "9"})
    response = client.post(f"{draft}submission/", {"seen": checked})
    assert response.status_code == 409
    assert "もう一度、内容を確かめて" in response.content.decode()
    assert f'<a class="button" href="{draft}">' in response.content.decode()
    assert not Case.objects.exists()


def test_answers_cannot_change_after_sending(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    assert client.post(f"{draft}pages/person/draft/", {"copies": "9"}).status_code == 409
    client.post(f"{draft}pages/person/answers/", {"copies": "9"})
    assert not Case.objects.get().submission.answers.filter(value="9").exists()


def test_an_unfinished_application_is_not_taken(client: Client) -> None:
    draft = begun(client, counter())
    response = client.post(f"{draft}submission/", {"seen": ""}, follow=True)
    assert "まだ送れません" in response.content.decode()
    assert not Case.objects.exists()


def test_smuggled_fields_change_nothing(client: Client) -> None:
    draft = filled(client, counter(fee=300))
    client.post(f"{draft}submission/", {"seen": seen(client, draft), "total": "0", "status": "granted", "number": "X"})
    case = Case.objects.get()
    assert (cast.present(case.charge).yen, case.status) == (600, "received")


def test_the_check_page_shows_the_fee(client: Client) -> None:
    draft = filled(client, counter(fee=300), copies="3")
    assert "900円" in client.get(f"{draft}check/").content.decode()


def test_the_receipt_tells_what_happens_next(client: Client) -> None:
    case = sent(client, counter())
    receipt = client.get(f"/applications/{case.submission.token}/receipt/").content.decode()
    for words in (case.number, "hanako@example.jp", "戸籍住民課", "ごろまでに"):
        assert words in receipt


def test_the_mail_carries_the_number_and_waits_for_nobody(client: Client) -> None:
    case = sent(client, counter())
    mail = Message.objects.get(code="case-received")
    assert case.number in mail.subject
    assert mail.deliveries.get().status == "queued"
    work_off()
    assert mail.deliveries.get().status == "sent"


def test_a_stranger_does_not_see_the_receipt(client: Client) -> None:
    case = sent(client, counter())
    assert Client().get(f"/applications/{case.submission.token}/receipt/").status_code == 404


def test_the_link_to_go_on_is_mailed_a_few_times_only(client: Client) -> None:
    draft = filled(client, counter())
    for _ in range(7):
        page = client.post(f"{draft}link/", {"email": "hanako@example.jp"}).content.decode()
    assert "hanako@example.jp" in page
    mails = Message.objects.filter(code="draft-link")
    assert mails.count() == 5
    assert Client().post(f"{mailed_path('draft-link')}continuation/").headers["Location"] == draft


def test_the_way_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = counter()
    number = at.release.offer.procedure.number
    for address in ("/procedures/?q=証明書", f"/procedures/{number}/", f"/procedures/{number}/start/"):
        with django_assert_max_num_queries(5):
            client.get(address)
    draft = filled(client, at)
    for address in (f"{draft}pages/person/", f"{draft}check/"):
        with django_assert_max_num_queries(5):
            client.get(address)
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    with django_assert_max_num_queries(5):
        client.get(f"{draft}receipt/")
    with django_assert_max_num_queries(5):
        client.get(f"/cases/{Case.objects.get().number}/")


def test_a_guest_writes_no_session(client: Client) -> None:
    sent(client, counter())
    assert "session" not in client.cookies
