"""The pages of plans and systems show what they promise."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import meetings, procedures, systems
from tests.cast.plans import indicator, plan
from todoke.organization.models import Department
from todoke.plans.card_series import import_series
from todoke.systems.models import Evaluation, Incident
from todoke.systems.models.evaluation import QUESTIONS

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
