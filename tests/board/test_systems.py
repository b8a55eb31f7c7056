"""The pages of plans and systems show what they promise."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import meetings, procedures, systems
from tests.cast.plans import indicator, plan
from todoke.board.register_forms import row_key
from todoke.organization.models import Department, Post
from todoke.plans.card_series import import_series
from todoke.systems.models import BusyPeriod, Evaluation, Incident, InformationSystem, StandardTask
from todoke.systems.models.evaluation import QUESTIONS
from todoke.systems.standard_tasks import TASKS, create_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Client:
    client = Client()
    client.force_login(meetings.secretary())
    return client


def test_the_page_of_a_promise_prints_formula_evidence_and_verdict(board: Client) -> None:
    system = systems.system()
    systems.promise(system)
    systems.outages(system, cast.clerk())
    page = board.get("/board/systems/jumin/levels/1/?period=2025-01").content.decode()
    for words in (
        "96.99%",
        "95.69%",
        "95.19%",
        "(44,640分 − 1,345分) ÷ 44,640分",
        "下回りました",
        "時間帯の定めがありません",
    ):
        assert words in page, words
    year = board.get("/board/systems/jumin/levels/1/?period=2025").content.decode()
    assert "99.74%" in year
    assert "守られました" in year
    assert board.get("/board/systems/jumin/levels/2/").status_code == 404


def test_a_period_is_read_in_years_of_the_office_and_otherwise_refused_in_words(board: Client) -> None:
    systems.promise(systems.system())
    where = "/board/systems/jumin/levels/1/?period="
    for written in ("2024年度", "令和6年度"):
        page = board.get(f"{where}{written}").content.decode()
        assert "2024年度(2024年4月1日(月)から2025年3月31日(月)まで)" in page
    for written, said in (
        ("2025-13", "という期間はありません"),
        ("去年", "期間として読めません"),
        ("2024-03", "契約の期間"),
        ("2031-01", "まだ始まっていません"),
    ):
        answer = board.get(f"{where}{written}")
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "守られました" not in answer.content.decode()


def test_months_before_the_contract_are_not_promised(board: Client) -> None:
    systems.promise(systems.system())
    page = board.get("/board/systems/jumin/levels/1/?period=2024").content.decode()
    assert "2024年4月1日(月)から2024年12月31日(火)まで、契約の期間だけ" in page
    assert f"{275 * 24 * 60:,}分" in page


def test_a_running_month_is_measured_until_now_and_not_yet_judged(board: Client, monkeypatch: Any) -> None:
    systems.promise(systems.system())
    monkeypatch.setattr("django.utils.timezone.now", lambda: systems.at(1, 6, 12, 0))
    page = board.get("/board/systems/jumin/levels/1/?period=2025-01").content.decode()
    assert "いまのところ守られています" in page
    assert f"{(5 * 24 + 12) * 60:,}分" in page
    assert "期間が終わってから" in page


def test_the_weekdays_of_a_promise_are_chosen_by_their_names(board: Client) -> None:
    contract = systems.promise(systems.system()).contract
    sent = {"contract": contract.pk, "target": "99", "hours": "custom", "opens": "08:30", "closes": "17:15"}
    assert "月曜日" in board.get("/board/sheets/levels/jumin/new/").content.decode()
    board.post("/board/sheets/levels/jumin/new/", sent | {"weekdays": ["5", "0"]})
    assert contract.levels.get(hours="custom").weekdays == "05"


def test_a_year_of_evaluations_that_cannot_be_read_is_not_answered_with_another(board: Client) -> None:
    answer = board.get("/board/systems/scores/?year=昨年")
    assert answer.status_code == 422
    assert "期間として読めません" in answer.content.decode()
    assert "2025年度。" in board.get("/board/systems/scores/?year=令和7年度").content.decode()


def test_an_incident_is_opened_and_stays_under_investigation(board: Client) -> None:
    system = systems.system()
    sent = {"system": system.pk, "title": "止まった", "symptoms": "開かない", "detected_at": "2026-11-20T09:00"}
    answer = board.post("/board/incidents/opening/", sent)
    assert "調査中" in board.get(answer["Location"]).content.decode()
    refused = board.post(answer["Location"] + "closing/", follow=True).content.decode()
    assert "調査中のままです" in refused
    assert Incident.objects.get().status == Incident.Status.INVESTIGATING


def test_a_section_evaluates_a_system_and_a_low_score_asks_for_words(board: Client) -> None:
    system = systems.system()
    section = Department.objects.get(name="DX推進課")
    sent: dict[str, Any] = {"system": system.pk, "department": section.pk, "fiscal_year": 2025}
    sent |= {f"score-{n}": "2" if n == 2 else "4" for n in range(len(QUESTIONS))}
    assert "3未満です" in board.post("/board/systems/evaluation/", sent).content.decode()
    assert not Evaluation.objects.exists()
    board.post("/board/systems/evaluation/", sent | {"comment-2": "止まる", "follow-2": "求める"})
    assert "止まる" in board.get("/board/systems/scores/").content.decode()


def test_the_card_page_gives_curve_denominator_and_need(board: Client) -> None:
    import_series(only=["131164", "131032"])
    page = board.get("/board/cards/").content.decode()
    for words in ("36.9", "107,127枚 / 290,246人", "人口は2020年1月1日", "7,989"):
        assert words in page, words


def test_a_plan_page_shows_missing_values_with_their_reason(board: Client) -> None:
    made = plan()
    rate = indicator(made)
    rate.targets.create(fiscal_year=2025, value=40)
    board.post(f"/board/indicators/{rate.code}/report/", {"on": "2026-03-31", "missing_reason": "集計中のため"})
    for path in ("plans/dx/", "plans/dx/summary/", f"indicators/{rate.code}/"):
        assert "集計中のため" in board.get(f"/board/{path}").content.decode(), path
    board.post("/board/plans/dx/publication/")
    assert "できる手続 / すべての手続" in Client().get("/board/public/council/").content.decode()


def test_the_state_and_the_calendar_open_with_nothing_in_them(board: Client) -> None:
    for path in ("", "changes/", "systems/", "systems/standards/", "cards/", "plans/", "incidents/", "meetings/"):
        assert board.get(f"/board/{path}").status_code == 200, path


def test_an_indicator_takes_what_the_product_itself_counts(board: Client) -> None:
    procedures.procedure()
    rate = indicator(plan(), own_figure="procedures")
    page = board.post(f"/board/indicators/{rate.code}/figure/", follow=True).content.decode()
    assert "きょうの数を記録しました" in page
    actual = rate.actuals.get()
    assert (actual.numerator, actual.denominator, actual.value) == (Decimal(0), Decimal(1), Decimal(0))
    assert board.post(f"/board/indicators/{indicator(rate.measure.plan).code}/figure/").status_code == 404


def test_what_was_low_last_year_is_held_against_this_year(board: Client) -> None:
    system, section = systems.system(), Department.objects.get(name="DX推進課")
    by = cast.clerk()
    for year, points in ((2024, [2, 2, 3, 3, 3]), (2025, [4, 2, 3, 3, 3])):
        scores = {q: (p, "遅い", "求める") for q, p in zip(QUESTIONS, points, strict=True)}
        Evaluation.submit(system=system, department=section, fiscal_year=year, scores=scores, by=by)
    page = board.get("/board/systems/scores/?year=2025").content.decode()
    assert "3未満が続いています" in page
    assert page.count("tag--success") >= 1
    lines = board.get("/board/systems/scores/?year=2025&export=csv").getvalue().splitlines()
    assert len(lines) == 1 + len(QUESTIONS)


def test_the_state_counts_every_open_incident_not_only_those_shown(board: Client) -> None:
    system, by = systems.system(), cast.clerk()
    for _ in range(6):
        systems.outages(system, by)
    page = board.get("/board/").content.decode()
    assert "12<small>件</small>" in page
    assert "?status=investigating" in page


def test_an_overlap_is_said_before_a_change_is_saved(board: Client) -> None:
    system = systems.system()
    BusyPeriod.objects.create(title="転入・転出の繁忙期", starts_on=date(2027, 3, 15), ends_on=date(2027, 4, 10))
    sent = {"kind": "stop", "title": "点検", "starts_at": "2027-03-20T20:00", "ends_at": "2027-03-21T06:00"}
    refused = board.post("/board/sheets/changes/jumin/new/", sent)
    assert refused.status_code == 422
    assert "繁忙期: 転入・転出の繁忙期" in refused.content.decode()
    assert not system.changes.exists()
    board.post("/board/sheets/changes/jumin/new/", sent | {"is_overlap_known": "on"})
    page = board.get("/board/changes/").content.decode()
    assert "承認を待っています" in page
    assert "ほかの担当者が承認します" in page
    second = cast.staff("井上", "admin@example.lg.jp", Post.Role.ADMINISTRATOR, cast.department("DX推進課", "1200"))
    other = Client()
    other.force_login(second)
    other.post(f"/board/changes/jumin/{row_key(system.changes.get())}/approval/")
    assert system.changes.get().approved_by == second


def test_the_twenty_tasks_show_delay_totals_and_the_goal_of_their_costs(
    board: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("todoke.systems.models.register.today", lambda: date(2026, 11, 29))
    monkeypatch.setattr("todoke.japanese.due_dates.today", lambda: date(2026, 11, 29))
    create_all(dict.fromkeys(TASKS, 2025) | {"戸籍": 2026}, is_ward=True)
    StandardTask.objects.filter(name="児童手当").update(
        stage="running", cost_yen=10, subsidy_yen=7, base_cost_yen=1_000, running_cost_yen=700
    )
    StandardTask.objects.filter(name="就学").update(base_cost_yen=1_000, running_cost_yen=900)
    page = board.get("/board/systems/standards/").content.decode()
    assert page.count("移行年度を過ぎました</span>") == 16
    assert "3割減を達成" in page
    assert "移行後に判定" in page
    assert "1,400円" in page
    late = board.get("/board/systems/standards/?late=1").content.decode()
    assert "介護保険" in late
    assert ">戸籍<" not in late
    lines = board.get("/board/systems/standards/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 21
    assert "移行年度を過ぎました" in lines[2]


def test_what_the_plan_says_of_the_tasks_is_what_their_register_says(board: Client) -> None:
    create_all(dict.fromkeys(TASKS, 2025), is_ward=True)
    StandardTask.objects.filter(name__in=["児童手当", "就学"]).update(stage="running")
    moved = indicator(plan(), own_figure="standard", unit="systems")
    moved.report(on=date(2026, 3, 31), numerator=Decimal(14), denominator=Decimal(18), by=cast.clerk())
    page = board.get("/board/plans/dx/").content.decode()
    assert "2業務" in page
    assert "2 / 18" in page


def test_a_system_that_nobody_used_for_years_raises_a_flag(board: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("todoke.systems.models.register.today", lambda: date(2026, 11, 29))
    old = systems.system()
    InformationSystem.objects.filter(pk=old.pk).update(last_used_on=date(2022, 3, 31))
    InformationSystem.objects.create(
        code="new", name="新しいもの", department=old.department, last_used_on=date(2026, 11, 1)
    )
    page = board.get("/board/systems/").content.decode()
    assert "4年以上使われていません" in page
    assert page.count("年以上使われていません") == 1
    found = board.get("/board/systems/?unused=1").content.decode()
    assert "新しいもの" not in found
    assert "使われていないシステム" in board.get("/board/").content.decode()


def test_a_municipality_or_a_day_without_figures_is_answered_in_a_sentence(board: Client) -> None:
    import_series(only=["131164", "112291"])
    sent = {"target": "69.9", "due": "2022-03-31", "on": "2021-04-01"}
    wako = board.get("/board/cards/", sent | {"code": "112291"}).content.decode()
    assert "28,640枚 / 83,810人" in wako
    for more, said in (
        ({"code": "999999"}, "「999999」の交付状況はありません"),
        ({"code": "131164", "on": "2016-01-01"}, "いちばん古い実績は2017年3月8日"),
        ({"code": "131164", "due": "2020-01-01"}, "実績の日(2021年4月1日(木))より後"),
    ):
        assert said in board.get("/board/cards/", sent | more).content.decode()
