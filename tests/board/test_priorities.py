import pytest
from django.test import Client

from tests.cast import staff
from tests.cast.procedures import procedure
from todoke.organization.models import Post

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
    return [material.title for _, material in client.get(PRIORITIES, weights).context["rows"]]


def test_headquarters_moves_the_weights_and_the_order_follows(desk: Client) -> None:
    assert order(desk, burden=100, feasibility=0, reach=0, cost=0)[0] == "件数の多い届出"
    assert order(desk, burden=0, feasibility=0, reach=100, cost=0)[0] == "人の多い届出"


def test_what_stands_outside_is_listed_with_its_reason(desk: Client) -> None:
    assert "適用除外です: 1件" in desk.get(PRIORITIES).content.decode()


def test_weights_without_weight_are_explained_and_the_usual_ones_used(desk: Client) -> None:
    answer = desk.get(PRIORITIES, {"burden": 0, "feasibility": 0, "reach": 0, "cost": 0, "steady": 1})
    assert "少なくとも一つは0より大きく" in answer.content.decode()
    assert len(answer.context["rows"]) == 2
