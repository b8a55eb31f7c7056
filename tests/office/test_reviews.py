import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, department
from tests.cast.reviews import GONE, KEPT, headquarters, paper, rule, thing
from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures import search
from todoke.reviews.models import Review

pytestmark = pytest.mark.django_db
LIST = "/office/reviews/"


@pytest.fixture
def section() -> Department:
    return department()


@pytest.fixture
def leader() -> User:
    return headquarters()


@pytest.fixture
def office(leader: User) -> Client:
    client = Client()
    client.force_login(leader)
    return client


def seals(section: Department, by: User) -> list[Review]:
    made = []
    for title in ("犬の登録", "猫の届出", "鳥の許可"):
        seal = thing(section, title)
        seal.paper_form, seal.basis = paper(seal.procedure), rule(seal.procedure)
        seal.enter(by=by)
        search.index_procedure(seal.procedure)
        made.append(seal)
    return made


def test_the_list_filters_sorts_and_exports_what_it_shows(office: Client, section: Department, leader: User) -> None:
    first, *_ = seals(section, leader)
    first.decide(GONE, by=leader)
    page = office.get(LIST, {"subject": "seal", "view": "abolish", "sort": "-volume", "q": "犬"}).content.decode()
    assert first.number in page
    assert "P-000002-01" not in page
    table = office.get(f"{LIST}export/", {"view": "abolish"}).getvalue().decode("utf-8-sig")
    assert table.count("\r\n") == 2
    assert "みらい区犬の規則第3条" in table
    assert office.get(f"{LIST}export/", {"format": "xlsx"}).getvalue()[:2] == b"PK"


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    office: Client, section: Department, leader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seals(section, leader)
    with django_assert_max_num_queries(12):
        office.get(LIST, {"subject": "seal"})


def test_a_chief_decides_on_the_page_and_wrong_input_is_said_beside_it(
    office: Client, section: Department, leader: User
) -> None:
    seal = seals(section, leader)[0]
    said = {"decision": "keep", "effective_on": "2027-04-01"}
    refused = office.post(f"{LIST}{seal.number}/decision/", said)
    assert refused.status_code == 422
    assert "理由を選びます" in refused.content.decode()
    ok = {**said, "reason": "registered", "recheck_on": "2028-03-31", "substitute": "name"}
    page = office.post(f"{LIST}{seal.number}/decision/", ok, follow=True).content.decode()
    assert "「存続」に決定しました" in page
    assert "登録した印で意思を確かめる必要がある" in page
    office.post(f"{LIST}{seal.number}/reopening/", {"why": "通知が変わった"})
    assert Review.objects.get(pk=seal.pk).decision == ""


def test_several_are_decided_at_once_from_the_list(office: Client, section: Department, leader: User) -> None:
    chosen = seals(section, leader)[:2]
    said = {"subject": "seal", "decision": "abolish", "effective_on": "2027-04-01", "back": "?subject=seal",
            "number": [seal.number for seal in chosen]}  # fmt: skip
    page = office.post(f"{LIST}decisions/", said, follow=True).content.decode()
    assert "2件を決定しました" in page
    assert Review.objects.filter(decision="abolish").count() == 2
    none = office.post(f"{LIST}decisions/", {**said, "number": []}, follow=True).content.decode()
    assert "一つ以上選んで" in none


def test_every_figure_of_the_table_leads_to_that_many_rows(office: Client, section: Department, leader: User) -> None:
    first, second, _ = seals(section, leader)
    first.decide(GONE, by=leader)
    second.decide(KEPT, by=leader)
    page = office.get(f"{LIST}table/", {"subject": "seal"}).content.decode()
    cells = re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', page)
    assert len(cells) == 8
    for url, count in cells:
        shown = office.get(url.replace("&amp;", "&")).content.decode()
        assert shown.count('<th scope="row">') == int(count), url


def test_a_clerk_of_the_section_writes_and_cannot_decide(section: Department) -> None:
    client = Client()
    client.force_login(clerk(section))
    found = thing(section).procedure
    where = f"{LIST}addition/{found.number}/"
    wrong = client.post(where, {"subject": "seal", "what": "押印"})
    assert wrong.status_code == 422
    assert "認印・実印・職印・署名" in wrong.content.decode()
    page = client.post(where, {"subject": "writing", "what": "氏名", "times": "4"}, follow=True).content.decode()
    assert "4回" in page
    assert "決定できるのは" in page
    client.post(f"{LIST}P-000001-01/decision/", {"decision": "abolish", "effective_on": "2027-04-01"})
    assert Review.objects.get().decision == ""


def test_ordinances_and_papers_say_what_was_decided(office: Client, section: Department, leader: User) -> None:
    for seal, decision in zip(seals(section, leader), (GONE, GONE, KEPT), strict=True):
        seal.decide(decision, by=leader)
    page = office.get(f"{LIST}amendments/").content.decode()
    assert "みらい区犬の規則" in page
    assert "区で改正するもの(1本)" in page
    assert office.get(f"{LIST}amendments/export/").getvalue().decode("utf-8-sig").count("\r\n") == 3
    for name, words in (("report", ["66.7%", "みらい区犬の規則"]), ("annex", ["犬の登録", "再点検 2028/3/31", "吉田"])):
        answer = office.get(f"{LIST}{name}.pdf")
        text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.content)).pages)
        assert all(word in text for word in words), text


def test_headquarters_drafts_from_the_survey_and_others_may_not(office: Client, section: Department) -> None:
    assert "0件を書きました" in office.post(f"{LIST}draft/", follow=True).content.decode()
    client = Client()
    client.force_login(clerk(section))
    assert "推進本部です" in client.post(f"{LIST}draft/", follow=True).content.decode()
