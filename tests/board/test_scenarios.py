import pytest
from django.test import Client

from tests.cast import clerk, department, resident
from tests.cast.procedures import procedure
from todoke.procedures.models import Procedure
from todoke.roadmaps.models import WeightScenario

pytestmark = pytest.mark.django_db
SAVE = "/board/priorities/scenarios/saving/"
WEIGHTS = {"burden": "70", "feasibility": "10", "reach": "10", "cost": "10"}


@pytest.fixture
def board() -> Client:
    section = department()
    procedure("件数の多い手続", kind="1", total_count=100_000, fee="2", department=section)
    procedure("手間の少ない手続", kind="1", total_count=1, fee="1", department=section)
    client = Client()
    client.force_login(clerk(section))
    return client


def test_opinions_are_saved_and_laid_side_by_side(board: Client) -> None:
    board.post(SAVE, {"name": "負担を重く", **WEIGHTS})
    board.post(SAVE, {"name": "手間を重く", **WEIGHTS | {"burden": "0", "cost": "100"}})
    page = board.get("/board/priorities/scenarios/").content.decode()
    rows = [page[page.index(title) :][:900] for title in ("件数の多い手続", "手間の少ない手続")]
    assert "どの案でも入る手続は2件" in page
    assert rows[0].index(">1<") < rows[0].index(">2<")
    assert rows[1].index(">2<") < rows[1].index(">1<")


def test_an_opinion_needs_a_name_of_its_own_and_some_weight(board: Client) -> None:
    nothing = dict.fromkeys(WEIGHTS, "0")
    assert "0より大きく" in board.post(SAVE, {"name": "なし", **nothing}, follow=True).content.decode()
    board.post(SAVE, {"name": "案", **WEIGHTS})
    board.post(SAVE, {"name": "案", **WEIGHTS})
    assert WeightScenario.objects.count() == 1
    stranger = Client()
    stranger.force_login(resident())
    assert stranger.post(SAVE, {"name": "住民", **WEIGHTS}).status_code in {302, 403, 404}
    assert WeightScenario.objects.count() == 1


def test_gaps_of_the_public_pages_lead_to_their_rows(board: Client) -> None:
    page = board.get("/board/completeness/").content.decode()
    assert "案内の揃い具合" in page
    assert "戸籍住民課" in page
    rows = board.get("/board/completeness/", {"department": "1010", "lacks": "fee"}).content.decode()
    assert "1件" in rows
    assert "件数の多い手続" in rows
    assert board.get("/board/completeness/export/").getvalue().decode("utf-8-sig").count("\r\n") == 3


def test_of_the_public_pages_the_emptiest_stands_first_and_turned_around_last(board: Client) -> None:
    titles = ["件数の多い手続", "手間の少ない手続"]
    for emptiest, fuller in (titles, titles[::-1]):
        Procedure.objects.filter(title=emptiest).update(fee="")
        Procedure.objects.filter(title=fuller).update(fee="1")
        for sort, order in (("score", [emptiest, fuller]), ("-score", [fuller, emptiest])):
            page = board.get("/board/completeness/", {"sort": sort}).content.decode()
            assert page.index(order[0]) < page.index(order[1])
