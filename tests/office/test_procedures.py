from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, department, staff
from tests.cast.procedures import procedure
from todoke.audit.models import Entry
from todoke.organization.models import Post
from todoke.procedures import search
from todoke.procedures.models import Code, CodedValue, FieldChange, Procedure, install_code_tables

pytestmark = pytest.mark.django_db
LIST = "/office/procedures/"


@pytest.fixture
def desk() -> Client:
    """A clerk of the section that looks after dogs."""
    client = Client()
    client.force_login(clerk())
    return client


def filed(title: str, **fields: object) -> Procedure:
    made = procedure(title, **fields)
    search.index_procedure(made)
    return made


def titles(client: Client, **query: str) -> list[str]:
    return [row.title for row in client.get(LIST, query).context["rows"]]


def test_a_clerk_sees_the_busiest_procedures_first_and_the_unknown_last(desk: Client) -> None:
    for title, count in [("少ない", 1), ("不明", None), ("多い", 100)]:
        filed(title, total_count=count)
    assert titles(desk) == ["多い", "少ない", "不明"]


def test_a_clerk_searches_and_narrows_down(desk: Client) -> None:
    filed("犬の登録の申請", online_status="1")
    filed("犬の死亡の届出", online_status="2")
    filed("猫の届出", online_status="2")
    assert titles(desk, q="犬", online_status="2") == ["犬の死亡の届出"]
    assert titles(desk, q="象") == []


def test_the_counts_beside_a_choice_follow_the_other_choices(desk: Client) -> None:
    filed("あ", online_status="1", kind="1")
    filed("い", online_status="2", kind="1")
    filed("う", online_status="2", kind="3")
    page = desk.get(LIST, {"kind": "1", "online_status": "1"}).context["page"]
    counts = page.definition.facets(page.query)
    assert page.count == 1
    assert dict(counts["online_status"]) == {"1": 1, "2": 1}
    assert dict(counts["kind"]) == {"1": 1}


def test_what_is_unanswered_can_be_chosen_too(desk: Client) -> None:
    filed("犬の登録", online_status="")
    filed("猫の届出", online_status="2")
    assert "未回答(1)" in desk.get(LIST).content.decode()
    assert titles(desk, online_status="none") == ["犬の登録"]


def test_a_life_event_finds_what_belongs_to_it(desk: Client) -> None:
    install_code_tables()
    moving = Code.objects.get(table="life_event", label="引越し")
    CodedValue.objects.create(procedure=filed("転入の届出"), code=moving)
    filed("犬の登録")
    assert titles(desk, life_event=moving.key) == ["転入の届出"]


@pytest.mark.parametrize("sort", ["number", "-number", "title", "-title", "volume", "-volume", "updated", "-updated"])
def test_paging_by_key_shows_every_procedure_once_in_both_directions(desk: Client, sort: str) -> None:
    for n in range(120):
        procedure(f"手続{n % 7}", total_count=n % 5 or None)
    seen, address, pages = [], f"{LIST}?sort={sort}", []
    while address:
        page = desk.get(address).context
        seen += [row.number for row in page["rows"]]
        pages.append([row.number for row in page["rows"]])
        address, back = page["following"], page["previous"]
    assert len(seen) == len(set(seen)) == 120
    assert [row.number for row in desk.get(back).context["rows"]] == pages[-2]


def test_a_broken_address_is_no_reason_to_fail(desk: Client) -> None:
    filed("犬の登録")
    for query in ({"sort": "x", "after": "a~b"}, {"after": "~", "sort": "updated"}, {"department": "??", "kind": "9"}):
        assert desk.get(LIST, query).status_code == 200


def test_the_list_asks_the_database_the_same_number_of_questions(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    filed("犬の登録", online_since=date(2026, 4, 1))
    with django_assert_num_queries(10):
        desk.get(LIST, {"q": "犬"})
    for n in range(60):
        filed(f"犬の手続{n}", department=department(f"課{n}", str(n)))
    with django_assert_num_queries(10):
        desk.get(LIST, {"q": "犬"})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_what_the_list_shows_and_no_formula(desk: Client, kind: str) -> None:
    filed("=cmd|' /C calc'!A0")
    filed("犬の登録", online_status="2")
    response = desk.get(f"{LIST}export/", {"format": kind, "online_status": "2"})
    assert response.status_code == 200
    if kind == "csv":
        text = response.getvalue().decode("utf-8-sig")
        assert text.splitlines()[1].startswith("犬の登録,P-000002,,,未実施,,,,")
        everything = desk.get(f"{LIST}export/").getvalue().decode()
        assert "'=cmd|" in everything


def test_a_page_tells_everything_of_one_procedure(desk: Client) -> None:
    text = desk.get(f"{LIST}{filed('犬の登録', total_count=0).number}/").content.decode()
    assert "0件" in text
    assert "未回答" in text
    assert "この手続を直す" not in text


def test_the_section_in_charge_corrects_its_own_and_the_history_keeps_both_values() -> None:
    section = department()
    dog = filed("犬の登録", department=section)
    client = Client()
    client.force_login(clerk(section))
    url = f"{LIST}{dog.number}/edit/"
    seen = client.get(url).context["form"].initial
    sent = {name: value for name, value in seen.items() if value is not None} | {
        "version": 0,
        "title": "犬の登録の申請",
    }
    assert client.post(url, sent).status_code == 302
    [change] = FieldChange.objects.all()
    assert (change.field, change.before, change.after, change.actor_label) == (
        "手続名",
        "犬の登録",
        "犬の登録の申請",
        "佐藤 係員",
    )
    assert Entry.objects.filter(act="手続の訂正").exists()
    assert titles(client, q="申請") == ["犬の登録の申請"]
    again = client.post(url, sent | {"title": "犬の届出"})
    assert again.status_code == 422
    assert "別の人がこの手続を変更しました" in again.content.decode()
    assert 'value="犬の届出"' in again.content.decode()


def test_other_sections_look_but_do_not_touch(desk: Client) -> None:
    dog = filed("犬の登録", department=department("生活衛生課", "6002"))
    assert desk.get(f"{LIST}{dog.number}/edit/").status_code == 403
    assert desk.post(f"{LIST}{dog.number}/volumes/", {}).status_code == 403


def test_headquarters_keeps_volumes_beside_the_survey() -> None:
    client = Client()
    client.force_login(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    dog = filed("犬の登録")
    url = f"{LIST}{dog.number}/volumes/"
    row = {"starts_on": "2025-04-01", "ends_on": "2026-03-31", "total": "10", "online": "11", "precision": "exact"}
    assert client.post(url, row | {"source": "台帳"}).status_code == 422
    assert client.post(url, row | {"source": "台帳", "online": ""}).status_code == 302
    assert dog.volumes.get().online is None
    assert client.post(f"{url}removal/", {"row": dog.volumes.get().pk}).status_code == 302
    assert list(dog.changes.values_list("before", flat=True)) == ["2025-04-01〜2026-03-31 10件(実数)", ""]
