"""Lists are searched, picked, sorted, paged by key and taken away; figures of others stand beside ours."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import meetings, systems
from todoke.board.register_forms import row_key
from todoke.plans.models import PeerFigure, Plan
from todoke.plans.peer_import import import_figures
from todoke.runtime.refusals import Refused
from todoke.systems.models import Change, InformationSystem

pytestmark = pytest.mark.django_db
HEAD = "自治体,割合の種類,期間,基準日,分子,分母,値,定義,出典,写した日\n"
ROW = "架空市,件数でみた割合,令和6年度,2025-03-31,50,200,25.00,電子 ÷ 全件,架空市統計,2026-11-22\n"


@pytest.fixture
def board() -> Client:
    client = Client()
    client.force_login(meetings.secretary())
    return client


def many(count: int) -> None:
    section = cast.department()
    InformationSystem.objects.bulk_create(
        InformationSystem(code=f"s{n:03d}", name=f"システム{n:03d}", department=section, vendor="架空")
        for n in range(count)
    )


def test_the_second_page_begins_after_the_last_row_of_the_first(board: Client) -> None:
    many(60)
    first = board.get("/board/systems/?sort=-name").content.decode()
    assert "システム059" in first
    assert "システム009" not in first
    assert "60件" in first
    second = board.get("/board/systems/?sort=-name&after=s010").content.decode()
    assert "システム009" in second
    assert "システム010" not in second


def test_a_list_is_taken_away_as_it_was_chosen(board: Client) -> None:
    many(60)
    InformationSystem.objects.filter(code="s001").update(decision="retire", decision_reason="使われていないため")
    page = board.get("/board/systems/?decision=retire").content.decode()
    assert "システム001" in page
    assert "システム002" not in page
    sheet = board.get("/board/systems/?decision=retire&export=csv").getvalue().decode()
    assert len(sheet.splitlines()) == 2
    assert "使われていないため" in sheet


def test_lists_ask_as_often_for_many_rows_as_for_few(
    board: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(50)
    with django_assert_max_num_queries(14):
        board.get("/board/systems/")


def test_incidents_and_meetings_are_searched_and_taken_away(board: Client) -> None:
    by = cast.clerk()
    systems.outages(systems.system(), by)
    meetings.meeting(by)
    page = board.get("/board/incidents/?q=朝の連携").content.decode()
    assert "2025-002" in page
    assert "2025-001" not in page
    for where in ("incidents", "meetings"):
        assert len(board.get(f"/board/{where}/?export=csv").getvalue().splitlines()) > 1


def test_plans_are_sorted_and_taken_away(board: Client) -> None:
    for year in (2024, 2026):
        Plan.objects.create(
            code=f"dx{year}", title=f"DX計画{year}", starts_on=date(year, 4, 1), ends_on=date(year + 2, 3, 31)
        )
    page = board.get("/board/plans/?sort=starts").content.decode()
    assert page.index("DX計画2024") < page.index("DX計画2026")
    sheet = board.get("/board/plans/?sort=starts&export=csv").getvalue().decode()
    assert [line.split(",")[0] for line in sheet.splitlines()[1:]] == ["dx2024", "dx2026"]


def planned(count: int) -> None:
    system = InformationSystem.objects.first() or systems.system()
    for n in range(count):
        begins = systems.at(4, 1, 0) + timedelta(hours=n)
        Change.objects.create(
            system=system, kind="stop", title=f"点検{n:02d}", starts_at=begins, ends_at=begins + timedelta(minutes=30)
        )


def test_changes_are_paged_by_their_place_in_the_system(board: Client) -> None:
    planned(55)
    first = board.get("/board/changes/").content.decode()
    assert "点検49" in first
    assert "点検50" not in first
    assert "after=jumin-50" in first
    second = board.get("/board/changes/?after=jumin-50").content.decode()
    assert "点検49" not in second
    assert f"/sheets/changes/jumin/{row_key(Change.objects.order_by('pk')[50])}/" in second
    sheet = board.get("/board/changes/?q=点検1&sort=-starts&export=csv").getvalue().decode()
    assert [line.split(",")[0] for line in sheet.splitlines()[1:3]] == ["jumin-20", "jumin-19"]


def test_changes_ask_as_often_for_many_rows_as_for_few(
    board: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planned(2)
    with CaptureQueriesContext(connection) as few:
        board.get("/board/changes/")
    planned(20)
    with django_assert_num_queries(len(few)):
        board.get("/board/changes/")


def test_figures_of_others_keep_definition_day_and_source(board: Client) -> None:
    bad = ROW.replace("25.00", "あいう")
    by = cast.clerk()
    result = import_figures((HEAD + ROW + bad).encode(), by=by)
    assert result.taken == 1
    assert result.unread == ["3行目: 数か日付(2026-03-31の形)が読めません"]
    page = board.get("/board/peers/").content.decode()
    for words in ("架空市", "電子 ÷ 全件", "架空市統計", "2025年3月31日", "自区"):
        assert words in page, words
    import_figures((HEAD + ROW.replace("25.00", "30.00")).encode(), by=by)
    assert not PeerFigure.objects.get().is_consistent
    assert "分子÷分母と合いません" in board.get("/board/peers/").content.decode()
    with pytest.raises(Refused, match="見出し「出典」の列が見つかりません"):
        import_figures(HEAD.replace(",出典", "").encode(), by=by)
