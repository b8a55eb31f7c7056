"""The administrator enters departments, posts and tenures; rights follow from the first to the last day."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.cast import signed_in
from tests.cast.procedures import procedure
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.organization.permissions import has_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR, cast.department("DX推進課", "9"))


def appoint(page: Client, email: str, **days: object) -> str:
    facts = {"email": email, "starts_on": str(today()), **{name: str(day) for name, day in days.items()}}
    answer = page.post("/office/organization/5010/課長/appointment/", facts, follow=True)
    return answer.content.decode()


def test_a_new_section_gets_its_chief_for_a_time(administrator: User) -> None:
    page, person = signed_in(administrator), cast.resident("鈴木 明美", "akemi@example.lg.jp")
    page.post("/office/organization/registration/", {"code": "5010", "name": "こども課", "phone": "03-0000-0000"})
    page.post("/office/organization/5010/post/", {"title": "課長", "role": "chief"})
    appoint(page, person.email, ends_on=today() + timedelta(days=9))
    section = Department.objects.get(code="5010")
    assert has_role(person, Post.Role.CHIEF, department=section)
    assert "在任中" in page.get("/office/organization/5010/").content.decode()
    assert "重なる期間" in appoint(page, person.email)
    facts = {"email": person.email, "starts_on": str(today()), "ends_on": str(today() - timedelta(days=1))}
    assert "着任日より後" in page.post("/office/organization/5010/課長/leaving/", facts, follow=True).content.decode()
    page.post("/office/organization/5010/課長/leaving/", facts | {"ends_on": str(today())})
    assert Tenure.objects.get(user=person).ends_on == today()
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"部署の登録", "職位の登録", "着任", "離任"} <= acts


def test_nobody_appoints_themselves_and_nobody_else_appoints(administrator: User) -> None:
    section = Department.objects.create(code="5010", name="こども課")
    Post.objects.create(department=section, title="課長", role=Post.Role.CHIEF)
    assert "自分の在任は登録できません" in appoint(signed_in(administrator), administrator.email)
    clerk = cast.clerk()
    assert "あなたの職位ではできません" in appoint(signed_in(clerk), clerk.email)
    assert "あなたの職位ではできません" in appoint(signed_in(clerk), "somebody@example.lg.jp")
    assert not Tenure.objects.filter(post__department=section).exists()
    assert "登録は、システム管理担当が行います" in signed_in(clerk).get("/office/organization/").content.decode()


def test_what_is_wrong_is_said_and_nothing_changes(administrator: User) -> None:
    page = signed_in(administrator)
    cast.department("戸籍住民課", "1010")
    again = page.post("/office/organization/registration/", {"code": "1010", "name": "別"}, follow=True)
    assert "部署コード" in again.content.decode()
    assert Department.objects.get(code="1010").name == "戸籍住民課"


def test_where_and_when_a_section_is_found_stands_on_the_pages_of_its_procedures(administrator: User) -> None:
    section = cast.department("こども課", "5010")
    number = procedure("児童手当の認定の請求", department=section).number
    told = {
        "phone": "03-1234-5678",
        "address": "本庁舎2階",
        "hours": "8時30分から17時まで",
        "directions": "北口から5分",
    }
    answer = signed_in(administrator).post("/office/organization/5010/contact/", told, follow=True)
    assert "窓口の案内を直しました" in answer.content.decode()
    page = Client().get(f"/procedures/{number}/").content.decode()
    assert all(words in page for words in told.values())
    assert Entry.objects.filter(act="窓口の案内の変更").count() == 1
    refused = signed_in(cast.clerk(section)).post("/office/organization/5010/contact/", {"phone": ""}, follow=True)
    assert "開く権限がありません" in refused.content.decode()
    section.refresh_from_db()
    assert section.phone == "03-1234-5678"
