"""The register says what an outage touches, what a promise is worth, and what is missing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import meetings, procedures, systems
from todoke.japanese.periods import month_period
from todoke.runtime.refusals import Refused
from todoke.systems import standard_tasks
from todoke.systems.models import BusyPeriod, Change, Evaluation, Incident, IncidentStep, RestoreTest, StandardTask
from todoke.systems.models.evaluation import QUESTIONS
from todoke.systems.sla_measurement import evaluate, outages_by_probes, outages_of

pytestmark = pytest.mark.django_db
JANUARY = (date(2025, 1, 1), date(2025, 1, 31))
JANUARY_2025, AFTER = month_period(2025, 1), systems.at(2, 1, 0)


def test_a_promise_without_hours_is_judged_in_every_window_with_its_credit() -> None:
    by, system = meetings.secretary(), systems.system()
    level = systems.promise(system)
    systems.outages(system, by)
    found = evaluate(level, JANUARY_2025, outages_of(system, *JANUARY, AFTER), [], AFTER)
    assert [(each.availability.percent, each.is_broken, each.credit_yen) for each in found] == [
        (Decimal("96.88"), True, 50_000),
        (Decimal("95.19"), True, 50_000),
    ]
    assert not any(each.is_agreed for each in found)


def test_an_agreed_window_comes_first() -> None:
    level = systems.promise(systems.system(), hours="office")
    first, second = evaluate(level, JANUARY_2025, [], [], AFTER)
    assert first.is_agreed
    assert first.window.startswith("開庁時間")
    assert not second.is_agreed


def test_what_the_probes_saw_stands_beside_what_was_reported() -> None:
    system = systems.system()
    start = systems.at(1, 6, 11, 15)
    for n in range(5):
        system.probes.create(at=start + timedelta(minutes=5 * n), outcome="fail" if n in (1, 2) else "ok")
    [span] = outages_by_probes(system, *JANUARY)
    assert (span.starts.minute, span.minutes) == (20, Decimal(10))


def test_an_incident_is_under_investigation_until_causes_and_prevention_stand() -> None:
    by = meetings.secretary()
    incident, _ = systems.outages(systems.system(), by)
    with pytest.raises(Refused, match="調査中のまま"):
        incident.close(by=by)
    incident.record_causes(direct="設定の誤り", root="確認の手順がなかった", by=by)
    with pytest.raises(Refused, match="再発防止策"):
        incident.close(by=by)
    step = IncidentStep.add(incident, kind="prevention", text="手順を作る", by=by)
    with pytest.raises(Refused, match="終わっていない"):
        incident.close(by=by)
    step.done_on, step.evidence = date(2025, 4, 1), "手順書 第2版"
    step.save()
    incident.close(by=by)
    assert Incident.objects.get(pk=incident.pk).status == Incident.Status.CLOSED


def test_what_an_outage_touches_comes_from_the_register() -> None:
    by, system = meetings.secretary(), systems.system()
    procedure = procedures.procedure()
    system.dependencies.create(procedure=procedure, alternative="郵送")
    incident, _ = systems.outages(system, by)
    assert [(each.procedure, each.alternative) for each in incident.affected_procedures()] == [(procedure, "郵送")]


def test_a_demand_on_the_vendor_has_a_date() -> None:
    by = meetings.secretary()
    incident, _ = systems.outages(systems.system(), by)
    with pytest.raises(Refused, match="期限"):
        IncidentStep.add(incident, kind="demand", text="報告書を出すこと", by=by)


def test_a_low_score_says_why_and_what_follows() -> None:
    by, system = meetings.secretary(), systems.system()
    scores = dict.fromkeys(QUESTIONS, (4, "", ""))
    with pytest.raises(Refused, match="3未満"), transaction.atomic():
        Evaluation.submit(
            system=system,
            department=cast.department(),
            fiscal_year=2025,
            by=by,
            scores=scores | {"安定性": (2, "", "")},
        )
    made = Evaluation.submit(
        system=system, department=cast.department(), fiscal_year=2025, by=by,
        scores=scores | {"安定性": (2, "よく止まる", "事業者に求める")},
    )  # fmt: skip
    assert made.average == 3.6
    with pytest.raises(IntegrityError), transaction.atomic():
        made.scores.create(question="別の問い", score=1)


def test_a_ward_has_eighteen_of_the_twenty_tasks() -> None:
    years = dict.fromkeys(standard_tasks.TASKS, 2025)
    standard_tasks.create_all(years, is_ward=True)
    assert StandardTask.objects.count() == 20
    assert StandardTask.objects.exclude(stage="not_applicable").count() == 18


def test_a_change_in_a_busy_period_is_a_clash_by_the_days_of_japan() -> None:
    system = systems.system()
    BusyPeriod.objects.create(title="転入・転出", starts_on=date(2025, 3, 15), ends_on=date(2025, 4, 10))
    change = Change.objects.create(
        system=system,
        kind="stop",
        title="点検",
        starts_at=systems.at(3, 14, 20),
        ends_at=systems.at(3, 15, 6),
    )
    other = Change.objects.create(
        system=system,
        kind="work",
        title="配線",
        starts_at=systems.at(3, 14, 22),
        ends_at=systems.at(3, 14, 23),
    )
    assert change.clashes() == ["繁忙期: 転入・転出", "同じ時間の作業: 住民記録システム 配線"]
    assert other.departments() == [system.department]


def test_a_restore_is_measured_against_its_targets() -> None:
    test = RestoreTest.register(
        by=meetings.secretary(), system=systems.system(), failed_at=systems.at(8, 22, 9),
        backup_at=systems.at(8, 22, 3), started_at=systems.at(8, 22, 9, 10),
        finished_at=systems.at(8, 22, 11, 40), rto_minutes=240, rpo_minutes=240, evidence="記録",
    )  # fmt: skip
    assert test.measured == ("2時間40分", "6時間0分")
    assert test.is_within_rto
    assert not test.is_within_rpo
