"""Registers are written row by row: by whom, with what words, and never over what somebody else wrote."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import Client

from tests import cast
from tests.cast import meetings, systems
from tests.cast.plans import indicator, plan
from tests.cast.procedures import procedure
from todoke.audit.audited_rows import EditConflict, save_audited, version_token
from todoke.audit.models import Entry
from todoke.board.register_forms import REGISTERS, row_key
from todoke.plans.models import Plan, Strategy
from todoke.systems.models import (
    BusyPeriod,
    Contract,
    Drill,
    IncidentNotice,
    InformationSystem,
    StandardTask,
    YearlyCost,
)

pytestmark = pytest.mark.django_db
CONTRACT = {"title": "利用契約", "vendor": "架空システム", "starts_on": "2026-04-01", "ends_on": "2029-03-31"}


@pytest.fixture
def board() -> Client:
    client = Client()
    client.force_login(meetings.secretary())
    return client


def test_only_who_may_edit_is_offered_the_links_to_write_a_row() -> None:
    page = Template("{% load register_rows %}{% correction 'busy' 'all' row %}{% addition 'busy' 'all' '加える' %}")
    row = BusyPeriod.objects.create(title="年度末", starts_on="2027-03-01", ends_on="2027-03-02")
    assert page.render(Context({"can_edit": False, "row": row})) == ""
    assert f"/board/sheets/busy/all/{row_key(row)}/correction/" in page.render(Context({"can_edit": True, "row": row}))


def test_a_contract_is_written_and_corrected_with_an_entry_each(board: Client) -> None:
    systems.system()
    refused = board.post("/board/sheets/contracts/jumin/new/", CONTRACT | {"ends_on": "2020-01-01"})
    assert refused.status_code == 422
    assert "終期は、始期より後" in refused.content.decode()
    board.post("/board/sheets/contracts/jumin/new/", CONTRACT)
    found = Contract.objects.get()
    where = f"/board/sheets/contracts/jumin/{row_key(found)}/correction/"
    assert version_token(found) in board.get(where).content.decode()
    board.post(where, CONTRACT | {"monthly_fee_yen": 1000, "seen": version_token(found)})
    assert Contract.objects.get().monthly_fee_yen == 1000
    assert list(Entry.objects.values_list("act", flat=True))[-2:] == ["契約の登録", "契約の訂正"]
    assert "利用契約" in board.get("/board/systems/jumin/").content.decode()


def test_a_dependency_is_corrected_under_the_number_of_its_procedure(board: Client) -> None:
    known, other = procedure("転入の届出"), procedure("転出の届出")
    row = systems.system().dependencies.create(procedure=known, alternative="郵送")
    row.refresh_from_db()
    where = f"/board/sheets/dependencies/jumin/{row_key(row)}/correction/"
    assert f'value="{known.number}"' in board.get(where).content.decode()
    sent = {"procedure": known.number, "strength": "stops", "alternative": "電話", "seen": version_token(row)}
    assert board.post(where, sent).status_code == 302
    row.refresh_from_db()
    assert (row.procedure, row.alternative) == (known, "電話")
    wide = other.number.translate({0x21 + at: 0xFF01 + at for at in range(94)})
    board.post(where, sent | {"procedure": f" {wide.lower()}　", "seen": version_token(row)})
    row.refresh_from_db()
    assert row.procedure == other
    page = board.post(where, sent | {"procedure": "P-999999", "seen": version_token(row)})
    assert page.status_code == 422
    assert 'value="P-999999"' in page.content.decode()
    assert "この番号の手続は台帳にありません" in page.content.decode()


def test_nobody_overwrites_what_was_written_in_between(board: Client) -> None:
    system = systems.system()
    cost = YearlyCost.objects.create(system=system, fiscal_year=2025, yen=100)
    seen = version_token(cost)
    cost.yen = 200
    save_audited(cost, by=cast.clerk(), seen=seen)
    sent = {"fiscal_year": 2025, "yen": 300, "seen": seen}
    page = board.post(f"/board/sheets/costs/jumin/{row_key(cost)}/correction/", sent)
    assert "ほかの人が先に更新しました" in page.content.decode()
    assert YearlyCost.objects.get().yen == 200


def test_two_people_who_name_the_sections_of_a_drill_do_not_overwrite_each_other(board: Client) -> None:
    first, second = cast.department(), cast.department("税務課", "3010")
    drill = Drill.objects.create(title="停電の訓練", held_on=date(2026, 6, 1), scenario="停電")
    drill.departments.add(first)
    drill.refresh_from_db()
    seen = version_token(drill)
    save_audited(drill, by=cast.clerk(), seen=seen, relations={"departments": [first, second]})
    facts = {"title": "停電の訓練", "held_on": "2026-06-01", "scenario": "停電"}
    sent = facts | {"systems": [systems.system().pk], "departments": [first.pk], "seen": seen}
    page = board.post(f"/board/sheets/drills/all/{row_key(drill)}/correction/", sent)
    assert "ほかの人が先に更新しました" in page.content.decode()
    assert set(drill.departments.all()) == {first, second}


def test_a_row_keeps_its_address_when_one_before_it_goes(board: Client) -> None:
    alike = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 2), "title": "繁忙期"}
    gone, meant, following = (BusyPeriod.objects.create(**alike) for _ in range(3))
    meant.refresh_from_db()
    where, old = (f"/board/sheets/busy/all/{row_key(row)}/correction/" for row in (meant, gone))
    gone.delete()
    sent = {"title": "年度末", "starts_on": "2027-03-01", "ends_on": "2027-03-02", "seen": version_token(meant)}
    board.post(where, sent)
    assert list(BusyPeriod.objects.order_by("pk").values_list("title", flat=True)) == ["年度末", "繁忙期"]
    assert board.get(old).status_code == 404
    assert version_token(following) != sent["seen"]


def test_a_notice_is_sent_as_read_although_another_went_meanwhile(board: Client) -> None:
    by = cast.clerk()
    incident, _ = systems.outages(systems.system(), by)
    gone, meant, _ = (IncidentNotice.draft(incident, audience="public", by=by) for _ in range(3))
    where = f"/board/incidents/{incident.number}/notices/{row_key(meant)}/sending/"
    assert where in board.get(f"/board/incidents/{incident.number}/").content.decode()
    gone.delete()
    board.post(where)
    assert list(IncidentNotice.objects.filter(status="sent")) == [meant]


def test_a_row_written_by_mistake_is_taken_back_with_its_reason(board: Client) -> None:
    period = BusyPeriod.objects.create(title="誤り", starts_on="2027-03-01", ends_on="2027-03-02")
    period.refresh_from_db()
    sent = {"seen": version_token(period), "reason": "二重に登録したため"}
    board.post(f"/board/sheets/busy/all/{row_key(period)}/removal/", sent)
    assert not BusyPeriod.objects.exists()
    assert Entry.objects.get(act="繁忙期の取消し").reason == "二重に登録したため"


def test_a_system_on_which_others_hang_stays(board: Client) -> None:
    system = systems.system()
    systems.promise(system)
    system.refresh_from_db()
    sent = {"seen": version_token(system), "reason": "誤り"}
    page = board.post(f"/board/sheets/systems/all/{row_key(system)}/removal/", sent, follow=True).content.decode()
    assert "ほかの記録がこの行を使っている" in page
    assert InformationSystem.objects.exists()


def test_a_standardised_task_says_why_it_does_not_apply(board: Client) -> None:
    task = StandardTask.objects.create(number=1, name="固定資産税", planned_year=2025)
    where = f"/board/sheets/standards/all/{row_key(task)}/correction/"
    sent = {"stage": "not_applicable", "seen": version_token(task)}
    assert "対象外のときは理由を" in board.post(where, sent).content.decode()
    board.post(where, sent | {"not_applicable_reason": "東京都が課税するため"})
    assert StandardTask.objects.get().stage == "not_applicable"
    assert board.get("/board/sheets/standards/all/new/").status_code == 404


def test_a_published_plan_is_not_rewritten_but_followed(board: Client) -> None:
    made, by = plan(), cast.clerk()
    indicator(made)
    made.publish(by=by)
    strategy = Strategy.objects.get()
    with pytest.raises(EditConflict, match="公表した計画は書き換えず"):
        save_audited(strategy, by=by, seen=version_token(strategy))
    sent = {"code": "dx-next", "title": "次の計画", "starts_on": "2028-04-01", "ends_on": "2031-03-31"}
    page = board.post("/board/plans/dx/successor/", sent, follow=True).content.decode()
    assert "次の計画の案をつくりました" in page
    following = Plan.objects.get(code="dx-next")
    assert following.predecessor == made
    assert following.measures.get().indicators.get().is_defined


def test_a_milestone_is_reached_with_its_evidence(board: Client) -> None:
    made = plan()
    stone = indicator(made).measure.milestones.create(title="公開する", due_on="2026-06-30")
    made.publish(by=cast.clerk())
    where = f"/board/plans/dx/milestones/{row_key(stone)}/reaching/"
    assert board.post(where, {"on": "2026-06-22"}).status_code == 422
    board.post(where, {"on": "2026-06-22", "evidence": "広報7月号"})
    stone.refresh_from_db()
    assert stone.evidence == "広報7月号"


@pytest.mark.parametrize("noun", REGISTERS)
def test_no_clerk_and_no_stranger_writes_a_register(noun: str) -> None:
    client = Client()
    assert client.get(f"/board/sheets/{noun}/all/new/").status_code == 302
    client.force_login(cast.clerk())
    assert client.get(f"/board/sheets/{noun}/all/new/").status_code == 403
