import pytest
from django.test import Client

from tests.cast import department, staff
from tests.cast.procedures import procedure
from todoke.organization.models import Post
from todoke.procedures.models import Procedure, Volume

pytestmark = pytest.mark.django_db
PRIORITIES = "/board/priorities/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    procedure("件数の多い届出", kind="1", actor="6", total_count=900_000)
    procedure("人の多い届出", kind="1", actor="5", total_count=1)
    procedure("除外の届出", kind="1", online_status="3")
    return client


def order(client: Client, **weights: int) -> list[str]:
    return [each.title for each in client.get(PRIORITIES, weights).context["rows"]]


def test_headquarters_moves_the_weights_and_the_order_follows(desk: Client) -> None:
    assert order(desk, burden=100, feasibility=0, reach=0, cost=0)[0] == "件数の多い届出"
    assert order(desk, burden=0, feasibility=0, reach=100, cost=0)[0] == "人の多い届出"


def test_what_stands_outside_is_listed_with_its_reason(desk: Client) -> None:
    assert "適用除外です: 1件" in desk.get(PRIORITIES).content.decode()


def test_weights_without_weight_are_explained_and_the_usual_ones_used(desk: Client) -> None:
    answer = desk.get(PRIORITIES, {"burden": 0, "feasibility": 0, "reach": 0, "cost": 0, "steady": 1})
    assert "少なくとも一つは0より大きく" in answer.content.decode()
    assert len(answer.context["rows"]) == 2


def test_the_wards_own_counts_go_before_the_nations_and_the_column_says_which(desk: Client) -> None:
    nation = Procedure.objects.get(title="件数の多い届出")
    own = procedure("区でだけ多い届出", kind="1", actor="6", total_count=100, department=department("保育課", "5002"))
    for each, total in ((nation, 9), (own, 5000)):
        Volume.objects.create(procedure=each, starts_on="2025-04-01", ends_on="2026-03-31", total=total, source="台帳")
    assert order(desk, burden=100, feasibility=0, reach=0, cost=0)[0] == "区でだけ多い届出"
    text = desk.get(PRIORITIES).content.decode()
    assert '5,000件<br><span class="hint">区の件数</span>' in text
    assert "全国の件数からの推計" in text


def test_a_section_sees_its_own_with_their_places_and_takes_them_along(desk: Client) -> None:
    procedure("保育の届出", kind="1", actor="6", total_count=10, department=department("保育課", "5002"))
    page = desk.get(PRIORITIES, {"department": "5002"})
    assert [(each.place, each.title) for each in page.context["rows"]] == [(3, "保育の届出")]
    file = desk.get(PRIORITIES, {"department": "5002", "export": "csv"}).getvalue().decode("utf-8-sig")
    line = file.splitlines()[1]
    assert line.startswith("3,P-")
    assert line.endswith(",60,10,全国の件数")


def test_what_stands_beyond_the_first_hundred_is_on_the_next_page(desk: Client) -> None:
    for n in range(120):
        procedure(f"届出{n}", kind="1", actor="6", total_count=n)
    first = desk.get(PRIORITIES)
    assert (len(first.context["rows"]), first.context["page"].following) == (100, "?page=2")
    assert len(desk.get(PRIORITIES, {"page": "2"}).context["rows"]) == 22
    assert "122件のうち、101件目から122件目" in desk.get(PRIORITIES, {"page": "999"}).content.decode()


def test_only_sections_with_a_ranked_procedure_are_offered_and_those_without_a_section_last(desk: Client) -> None:
    procedure("保育の届出", kind="1", department=department("保育課", "5002"))
    procedure("一つ目の届出", kind="1", department=department("総務課", "1001"))
    procedure("廃止した届出", kind="1", department=department("廃止課", "4001"), abolished_on="2025-04-01")
    procedure("適用除外の届出", kind="1", department=department("除外課", "4002"), online_status="3")
    assert [name for _, name in desk.get(PRIORITIES).context["sections"]] == ["総務課", "保育課", "未定"]
