import pytest
from django.test import Client

from tests.cast import clerk, department, present
from tests.cast.cases import work_off
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from tests.cast.rounds import opened
from todoke.accounts.models import User
from todoke.notices.models import Message
from todoke.organization.models import Department
from todoke.procedures.models import Code, DuplicateCandidate, Procedure, install_code_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> Department:
    install_code_tables()
    return department()


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_clerk_explains_why_not_online_and_residents_read_it(section: Department) -> None:
    found, client = procedure(department=section), at_desk(clerk(section))
    where = f"/office/judgements/addition/{found.number}/"
    said = {
        "concern": Code.objects.get(table="concern", key="5").pk,
        "grounds": "現地確認",
        "next_check_on": "2026-01-01",
    }
    assert client.post(where, said).status_code == 422
    client.post(where, said | {"explanation": "犬を見て確かめるためです。"})
    portal = Client().get(f"/procedures/{found.number}/").content.decode()
    assert "オンラインでできない理由" in portal
    assert "犬を見て確かめるためです。" in portal
    for address in ("/office/judgements/", "/office/judgements/?view=due", f"/office/procedures/{found.number}/"):
        assert "犬を見て確かめるためです。" in client.get(address).content.decode()
    assert "犬を見て" in client.get("/office/judgements/?export=csv").getvalue().decode()


def test_likenesses_are_searched_shown_and_judged_on_a_page(section: Department) -> None:
    for title in ("道路の占用の許可の申請", "道路の占用の許可の申請書"):
        procedure(title, law="道路法", department=section)
    client = at_desk(headquarters())
    assert "1組が新しく" in client.post("/office/duplicates/search/", follow=True).content.decode()
    page = client.get("/office/duplicates/", {"department": section.code}).content.decode()
    assert "道路の占用の許可の申請書" in page
    client.post("/office/duplicates/P-000001/P-000002/verdict/", {"verdict": "same"})
    assert DuplicateCandidate.objects.get().verdict == "same"
    assert Procedure.objects.current().count() == 1


def test_sections_that_have_not_answered_are_reminded_once_a_day(section: Department) -> None:
    person = clerk(section)
    procedure(department=section)
    asked = opened()
    client = at_desk(present(asked.opened_by))
    address = f"/office/rounds/{asked.code}/reminder/"
    assert "1の部署に知らせました" in client.post(address, follow=True).content.decode()
    assert "もう知らせています" in client.post(address, follow=True).content.decode()
    reminders = Message.objects.filter(code="round-reminder")
    assert {message.user for message in reminders} == {person, asked.opened_by}
    assert all("未回答の手続は1件" in message.body for message in reminders)
    work_off()
    assert reminders.count() == 2
    assert at_desk(person).post(address).status_code == 403


def test_years_stand_side_by_side_with_the_choices_that_changed(section: Department) -> None:
    client = at_desk(clerk(section))
    page = client.get("/office/years/").content.decode()
    assert "一部実施済" in page
    assert "(なくなった)" in page
    assert client.get("/office/years/", {"format": "csv"}).status_code == 200
