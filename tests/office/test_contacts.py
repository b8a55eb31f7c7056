"""A clerk records contacts by keyboard; the public page shows how often one was enough."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast.guidance import topic
from todoke.accounts.models import User
from todoke.guidance.models import Contact, ContactThread, ContactTopic, Inquiry
from todoke.guidance.models.contact import Noted
from todoke.office.inquiries.contact_list import ContactList

pytestmark = pytest.mark.django_db
FORM = {"outcome": "resolved", "first_time": "yes", "channel": "phone"}


def shown(clerk: User, **asked: str) -> set[int]:
    """Return the contacts that the list of a clerk shows."""
    return {row.pk for row in ContactList(clerk).page(QueryDict(urlencode(asked))).rows}


def test_a_contact_is_recorded_and_its_number_continues_the_matter(client: Client) -> None:
    client.force_login(cast.clerk())
    subject = topic()
    page = client.post("/office/contacts/new/", {**FORM, "topic": subject.pk}, follow=True).content.decode()
    thread = ContactThread.objects.get()
    assert thread.number in page
    wide = thread.number.translate({ord("0") + at: ord("０") + at for at in range(10)})
    client.post("/office/contacts/new/", {**FORM, "topic": subject.pk, "number": f"{wide} ", "first_time": "no"})
    assert [each.nth for each in Contact.objects.order_by("nth")] == [1, 2]


def test_a_clerk_looks_an_answer_up_beside_the_form_and_it_counts_as_asked_by_staff(client: Client) -> None:
    client.post("/questions/answer/", {"words": "子犬"})
    client.force_login(cast.clerk())
    page = client.get("/office/contacts/new/").content.decode()
    assert re.search(r'<form method="post" action="/questions/answer/" target="_blank"', page)
    client.post("/questions/answer/", {"words": "子犬をもらった人から"})
    assert list(Inquiry.objects.order_by("pk").values_list("channel", flat=True)) == ["portal", "clerk"]


def test_a_wrong_number_and_a_missing_section_keep_what_was_entered(client: Client) -> None:
    client.force_login(cast.clerk())
    given = {**FORM, "topic": topic().pk, "number": "99999999", "note": "覚え書き"}
    page = client.post("/office/contacts/new/", given)
    assert page.status_code == 422
    assert "この番号の用件はありません" in page.content.decode()
    assert "覚え書き" in page.content.decode()
    page = client.post("/office/contacts/new/", {**given, "number": "", "outcome": "handed"})
    assert "取次先の部署を選んで" in page.content.decode()
    assert not Contact.objects.exists()


def test_a_call_to_return_lies_on_the_list_until_it_is_done(client: Client) -> None:
    clerk = cast.clerk()
    client.force_login(clerk)
    contact = Contact.log(Noted(topic(), "phone", "call_back"), by=clerk)
    assert "折り返しを待っている用件" in client.get("/office/contacts/").content.decode()
    page = client.post(f"/office/contacts/{contact.pk}/callback/", follow=True).content.decode()
    assert "折り返したことを記録しました" in page
    assert "折り返しを待っている用件" not in page


def test_a_contact_is_found_by_its_kind_the_reading_of_it_and_the_first_digits_of_its_number(client: Client) -> None:
    clerk, dogs, graves = cast.clerk(), topic("犬の登録", "いぬのとうろく"), topic("埋葬", "まいそう")
    first, other = (Contact.log(Noted(subject, "phone", "resolved"), by=clerk) for subject in (dogs, graves))
    ContactThread.objects.filter(pk=first.thread_id).update(number="12345678")
    ContactThread.objects.filter(pk=other.thread_id).update(number="12355678")
    again = Contact.log(
        Noted(graves, "phone", "resolved"), by=clerk, thread=ContactThread.objects.get(pk=first.thread_id)
    )
    found = {words: shown(clerk, q=words) for words in ("登録", "まいそう", "1234", "12355678", "123", "12350", "火葬")}
    assert found == {
        "登録": {first.pk, again.pk}, "まいそう": {other.pk}, "1234": {first.pk, again.pk}, "12355678": {other.pk},
        "123": set(), "12350": set(), "火葬": set(),
    }  # fmt: skip
    assert shown(clerk, topic=str(graves.pk)) == {other.pk}
    assert shown(clerk, q="1235", topic=str(dogs.pk)) == set()


def test_digits_in_the_name_of_a_kind_find_it_beside_the_matters_that_begin_with_them(client: Client) -> None:
    clerk, survey, other = cast.clerk(), topic("調査2026", "ちょうさ"), topic("埋葬", "まいそう")
    asked, numbered, neither = (
        Contact.log(Noted(subject, "phone", "resolved"), by=clerk) for subject in (survey, other, other)
    )
    for contact, number in ((asked, "11111111"), (numbered, "20260001"), (neither, "12026000")):
        ContactThread.objects.filter(pk=contact.thread_id).update(number=number)
    assert shown(clerk, q="2026") == {asked.pk, numbered.pk}


def test_headquarters_adds_a_kind_and_a_clerk_of_another_section_cannot(client: Client) -> None:
    given = {"name": "転入の届", "kana": "てんにゅう", "department": cast.department().pk}
    client.force_login(cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    assert client.post("/office/contacts/topics/", given).status_code == 403
    client.force_login(cast.headquarters())
    client.post("/office/contacts/topics/", given)
    assert ContactTopic.objects.get().name == "転入の届"


def test_everybody_reads_the_share_with_its_definition_and_small_kinds_are_hidden(client: Client) -> None:
    clerk, often, seldom, other = cast.clerk(), topic(), topic("犬の登録", "いぬ"), topic("埋葬", "まいそう")
    at = timezone.now() - timedelta(days=20)
    for subject, count in ((often, 12), (seldom, 3), (other, 9)):
        for n in range(count):
            Contact.log(Noted(subject, "phone", "resolved" if n % 4 else "unresolved", "yes", at=at), by=clerk)
    page = client.get("/board/public/contacts/").content.decode()
    assert "14日のあいだ次の問合せがなかった" in page
    assert "17 / 24" in page
    assert page.count(">x<") == 2
    table = client.get("/board/public/contacts/table.csv")
    assert "text/csv" in table.headers["Content-Type"]
    assert b",24,24,17,0,24,0" in table.content


def test_a_month_of_few_matters_does_not_give_a_hidden_kind_away(client: Client) -> None:
    """One kind, one month, three matters: the month would say what the kind hides."""
    clerk, subject, at = cast.clerk(), topic(), timezone.now() - timedelta(days=20)
    for _ in range(3):
        Contact.log(Noted(subject, "phone", "resolved", "yes", at=at), by=clerk)
    page = client.get("/board/public/contacts/").content.decode()
    assert "3 / 3" not in page
    assert re.findall(r">(\d+)</td>", page) == []
    assert b",x,x,x,x,x,x" in client.get("/board/public/contacts/table.csv").content


def test_too_much_unknown_takes_the_share_away_and_says_why(client: Client) -> None:
    clerk, subject = cast.clerk(), topic()
    for _ in range(6):
        Contact.log(Noted(subject, "phone", "resolved", at=timezone.now() - timedelta(days=20)), by=clerk)
    page = client.get("/board/public/contacts/").content.decode()
    assert "聞いていない用件が多く、割合にしません" in page
    assert "100.0%" not in page
