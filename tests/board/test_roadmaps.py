from datetime import date

import pytest
from django.test import Client

from tests.cast import clerk, department
from tests.cast.cases import work_off
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from todoke.japanese.calendar import JAPAN
from todoke.organization.models import Department
from todoke.procedures.models import Volume
from todoke.roadmaps.models import Roadmap

pytestmark = pytest.mark.django_db
HERE = "/board/roadmaps/"


@pytest.fixture
def section() -> Department:
    found = department()
    for place, title in enumerate(("犬の登録", "猫の届出"), 1):
        made = procedure(title, department=found, kind="1", actor="5")
        Volume.objects.create(procedure=made, starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31),
                              total=place * 1000, source="架空")  # fmt: skip
    return found


@pytest.fixture
def board(section: Department) -> Client:
    client = Client()
    client.force_login(headquarters())
    return client


def begin(board: Client) -> None:
    said = {"code": "2027", "title": "導入計画", "starts_on": "2027-04-01", "quarters": "4", "month_cost": "800000"}
    assert board.post(HERE, said).status_code == 302
    work_off()


def test_headquarters_begins_a_plan_and_reads_how_good_it_is(board: Client) -> None:
    wrong = board.post(HERE, {"code": "x", "title": "x", "starts_on": "2027-05-01", "quarters": "99"})
    assert wrong.status_code == 422
    assert "四半期の初日" in wrong.content.decode()
    begin(board)
    page = board.get(f"{HERE}2027/").content.decode()
    assert "最もよい計画との差" in page
    assert "単純な順で組んだ計画より" in page
    assert "猫の届出" in page
    table = board.get(f"{HERE}2027/export/", {"view": "all"}).getvalue().decode("utf-8-sig")
    assert table.count("\r\n") == 3
    assert "2027年度 第" in table


def test_months_pins_exclusions_and_stages_are_written_on_the_pages(board: Client, section: Department) -> None:
    begin(board)
    unread = {f"months_{section.pk}_0": "0", f"months_{section.pk}_1": "なし"}
    refused = board.post(f"{HERE}2027/capacities/", unread, follow=True).content.decode()
    assert "「なし」は、人月として読めません" in refused
    assert Roadmap.objects.get().capacities.get(quarter=0).staff_months != 0
    board.post(f"{HERE}2027/capacities/", {f"months_{section.pk}_0": "０"})
    assert Roadmap.objects.get().capacities.get(quarter=0).staff_months == 0
    where = f"{HERE}2027/items/P-000001/"
    for act, said, words in (
        ("pin", {"quarter": "2"}, "固定しました"),
        ("pin", {"quarter": "9"}, "計画の期間に終わりません"),
        ("release", {}, "やめました"),
        ("estimate", {"effort": "3", "shared_effort": "0", "length": "1"}, "工数を書きました"),
        ("condition", {"title": "条例", "kind": "ordinance", "ready_on": "2027-07-01"}, "前提を書きました"),
        ("condition", {"kind": "other"}, "名称と整う日"),
        ("stage", {"name": "1", "planned_on": "2027-02-01", "owner": "佐藤"}, "段階を書きました"),
        ("stage", {"name": "1", "planned_on": "きのう"}, "日付を確かめて"),
        ("exclusion", {"why": ""}, "外す理由"),
        ("exclusion", {"why": "統合する"}, "外しました"),
    ):
        assert words in board.post(f"{where}{act}/", said, follow=True).content.decode(), act
    board.post(f"{HERE}2027/planning/")
    work_off()
    assert "統合する" in board.get(f"{HERE}2027/leftovers/").content.decode()
    assert "予定日がありません" in board.get(f"{HERE}2027/vague/").content.decode()


def test_a_section_reads_the_plan_and_changes_nothing_of_it(board: Client, section: Department) -> None:
    begin(board)
    client = Client()
    client.force_login(clerk(section))
    assert "計画を組み直す" not in client.get(f"{HERE}2027/").content.decode()
    assert client.post(f"{HERE}2027/planning/").status_code == 403
    assert client.post(f"{HERE}2027/items/P-000001/pin/", {"quarter": "1"}).status_code == 403
    assert client.get(f"{HERE}2027/items/P-000001/").status_code == 200


def test_headquarters_writes_day_and_owner_of_many_stages_at_once(board: Client) -> None:
    begin(board)
    roadmap = Roadmap.objects.get()
    numbers = list(roadmap.items.exclude(quarter=None).values_list("procedure__number", flat=True))
    assert len(numbers) == 2
    said = {"number": numbers, "planned_on": "2027-05-10", "owner": "生活衛生課 管理係"}
    board.post(f"{HERE}2027/stages/", said)
    assert "すべてに予定日と担当があります" in board.get(f"{HERE}2027/vague/").content.decode()
    board.post(f"{HERE}2027/stages/", {"number": numbers[:1], "planned_on": "", "owner": "別の係"})
    stage = roadmap.items.get(procedure__number=numbers[0]).stages.get(name="1")
    assert (stage.planned_on, stage.owner) == (date(2027, 5, 10), "別の係")
    told = board.post(f"{HERE}2027/stages/", {"number": numbers}, follow=True).content.decode()
    assert "予定日か担当を書いてください" in told


def test_a_roadmap_says_on_which_day_it_was_drawn(board: Client) -> None:
    begin(board)
    drawn = Roadmap.objects.get().drawn_at
    assert drawn is not None
    text = board.get(f"{HERE}2027/").content.decode()
    assert f"{drawn.astimezone(JAPAN):%Y年%-m月%-d日}" in text
    assert "HiGHS" not in text


def test_what_comes_first_is_chosen_by_its_name_and_no_number_is_typed(board: Client) -> None:
    begin(board)
    first, second = Roadmap.objects.get().items.order_by("procedure__serial")
    here = f"{HERE}2027/items/{second.procedure.number}/"
    assert f'<option value="{first.procedure.number}">犬の登録</option>' in board.get(here).content.decode()
    board.post(f"{here}condition/", {"kind": "other", "predecessor": first.procedure.number})
    assert list(second.after.all()) == [first]
