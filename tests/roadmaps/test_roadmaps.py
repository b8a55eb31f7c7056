from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import chief, clerk, department, present
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from todoke.accounts.models import User
from todoke.procedures.models import Volume
from todoke.roadmaps import adjustments, builder
from todoke.roadmaps.models import Roadmap, RoadmapItem, Stage
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
START = date(2027, 4, 1)


@pytest.fixture
def leader() -> User:
    return headquarters()


def titles(made: Roadmap, quarter: int | None) -> set[str]:
    return set(made.items.filter(quarter=quarter).values_list("procedure__title", flat=True))


@pytest.fixture
def made(leader: User) -> Roadmap:
    """Four procedures of one section that has staff-months for one a quarter, in three quarters."""
    section = department()
    for place, title in enumerate(("犬", "猫", "鳥", "魚"), 1):
        found = procedure(title, department=section, kind="1", actor="5")
        Volume.objects.create(procedure=found, starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31),
                              total=place * 100, source="架空")  # fmt: skip
    procedure("件数の分からない手続", department=section, kind="1")
    plan = builder.create_roadmap("2027", "導入計画", starts_on=START, quarters=3, by=leader)
    plan.items.update(effort=2, length=1)
    plan.capacities.update(staff_months=2)
    return plan


def test_a_roadmap_takes_what_is_counted_and_puts_the_heaviest_first(made: Roadmap, leader: User) -> None:
    builder.reschedule(made, by=leader)
    assert [titles(made, at) for at in (0, 1, 2, None)] == [{"魚"}, {"鳥"}, {"猫"}, {"犬"}]
    assert made.gap == pytest.approx(0, abs=0.1)
    assert made.margin is not None
    assert made.margin >= 0
    dates = Stage.objects.filter(item__procedure__title="魚").values_list("name", "planned_on")
    assert dict(dates) == {"3": date(2027, 4, 1), "5": date(2027, 7, 1)}
    assert made.quarter_label(0) == "2027年度 第1四半期"
    assert made.quarter_label(3) == "2027年度 第4四半期"


def test_what_did_not_fit_says_why_and_what_it_would_cost(made: Roadmap, leader: User) -> None:
    Roadmap.objects.update(month_cost=800_000)
    made.refresh_from_db()
    adjustments.exclude(item(made, "猫"), "来年度に統合する", by=leader)
    adjustments.add_precondition(
        item(made, "鳥"), title="条例", kind="ordinance", ready_on=date(2028, 4, 1), predecessor="", by=leader
    )
    made.capacities.filter(quarter=2).update(staff_months=0)
    made.capacities.filter(quarter=1).update(staff_months=1)
    builder.reschedule(made, by=leader)
    found = {each.item.procedure.title: (each.why, each.missing, each.cost) for each in builder.unscheduled(made)}
    assert titles(made, 0) == {"魚"}
    assert found["猫"] == ("外しました: 来年度に統合する", 0.0, None)
    assert "前提が整ってから" in found["鳥"][0]
    assert "人月が足りません" in found["犬"][0]
    assert found["犬"][1:] == (2.0, 1_600_000)


def item(made: Roadmap, title: str) -> RoadmapItem:
    return made.items.select_related("roadmap", "procedure__department").get(procedure__title=title)


def test_a_new_plan_keeps_what_has_started_and_what_is_pinned(made: Roadmap, leader: User) -> None:
    builder.reschedule(made, by=leader)
    started = item(made, "魚")
    adjustments.update_stage(started, "3", planned_on=None, done_on=START, owner="佐藤", by=leader)
    made.items.filter(procedure__title="魚").update(burden=1)
    adjustments.pin(item(made, "犬"), 1, by=leader)
    builder.reschedule(made, by=leader)
    assert [titles(made, at) for at in (0, 1, 2)] == [{"魚"}, {"犬"}, {"鳥"}]
    with pytest.raises(Refused, match="着手した手続"):
        adjustments.exclude(started, "やめる", by=leader)
    with pytest.raises(Refused, match="着手した手続"):
        adjustments.pin(started, 2, by=leader)


def test_a_procedure_waits_for_another_but_never_in_a_circle(made: Roadmap, leader: User) -> None:
    fish, dog = item(made, "魚"), item(made, "犬")
    wait: dict[str, Any] = {"title": "", "kind": "other", "ready_on": None, "by": leader}
    adjustments.add_precondition(fish, predecessor=dog.procedure.number, **wait)
    with pytest.raises(Refused, match="互いに"):
        adjustments.add_precondition(dog, predecessor=fish.procedure.number, **wait)
    with pytest.raises(Refused, match="ありません"):
        adjustments.add_precondition(dog, predecessor="P-999999", **wait)
    builder.reschedule(made, by=leader)
    assert (item(made, "鳥").quarter, item(made, "犬").quarter, item(made, "魚").quarter) == (0, 1, 2)


def test_vague_and_late_stages_are_listed_until_somebody_says_who_and_when(made: Roadmap, leader: User) -> None:
    builder.reschedule(made, by=leader)
    found = {
        each.item.procedure.title: (each.stage, each.what) for each in adjustments.open_points(made, date(2027, 1, 1))
    }
    assert found["魚"] == ("検討", "予定日がありません、担当がありません")
    assert len(found) == 3
    fish = item(made, "魚")
    adjustments.update_stage(fish, "1", planned_on=date(2027, 2, 1), done_on=None, owner="佐藤", by=leader)
    assert "魚" not in {each.item.procedure.title for each in adjustments.open_points(made, date(2027, 1, 1))}
    late = {each.item.procedure.title: each.what for each in adjustments.open_points(made, date(2027, 3, 1))}
    assert late["魚"] == "予定日を過ぎています"


def test_stages_are_told_by_the_section_in_order_and_with_an_owner(made: Roadmap, leader: User) -> None:
    builder.reschedule(made, by=leader)
    fish, person = item(made, "魚"), clerk(department())
    adjustments.update_stage(fish, "1", planned_on=None, done_on=date(2027, 2, 1), owner="佐藤", by=person)
    with pytest.raises(Refused, match="担当"):
        adjustments.update_stage(fish, "2", planned_on=None, done_on=START, owner="", by=person)
    with pytest.raises(Refused, match="早い日"):
        adjustments.update_stage(fish, "2", planned_on=None, done_on=date(2027, 1, 1), owner="佐藤", by=person)
    with pytest.raises(NotAllowed):
        adjustments.update_stage(
            fish, "2", planned_on=None, done_on=None, owner="", by=chief(department("別の課", "9999"))
        )


def test_staff_months_and_estimates_are_corrected_by_headquarters_only(made: Roadmap, leader: User) -> None:
    row = present(made.capacities.first())
    assert adjustments.set_capacities(made, {(row.department_id, 0): Decimal("5")}, by=leader) == 1
    adjustments.update_estimate(item(made, "魚"), effort=Decimal("4"), shared_effort=Decimal(0), length=2, by=leader)
    assert item(made, "魚").effort == 4
    with pytest.raises(NotAllowed):
        adjustments.set_capacities(made, {}, by=clerk(department()))
    with pytest.raises(Refused):
        adjustments.update_estimate(item(made, "魚"), effort=Decimal(0), shared_effort=Decimal(0), length=1, by=leader)
