"""A simulation or an analysis is done by the worker: one a person, one at a time, ended when it is not wanted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from tests.cast import cases, clerk, staff
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.flows import calculations
from todoke.flows.models import Calculation
from todoke.flows.models.calculation import KEPT
from todoke.flows.tasks import analyse_upload, delete_expired
from todoke.jobs.models import Job
from todoke.organization.models import Post
from todoke.runtime.refusals import Busy, Conflict, NotAllowed

pytestmark = pytest.mark.django_db
ORDER: dict[str, Any] = {"name": "log.csv", "columns": {}, "narrowing": {}, "flow": "", "table": None}
LOG = "案件,作業,日時\n1,受付,2026-04-01 09:00\n1,交付,2026-04-01 10:00\n".encode()


def asked(by: User, name: str = "log.csv", material: bytes = LOG) -> Calculation:
    order = {**ORDER, "name": name}
    return calculations.begin(Calculation.Kind.LOG, name, order, analyse_upload, by=by, material=material)


def designer(number: int = 1) -> User:
    return staff(f"設計 {number}", f"designer{number}@example.lg.jp", Post.Role.DESIGNER)


def test_the_same_asked_for_eight_times_is_one_and_another_waits_for_its_end() -> None:
    by = designer()
    assert len({asked(by).pk for _ in range(8)}) == 1
    assert Job.objects.filter(task__endswith="analyse_upload").count() == 1
    with pytest.raises(Busy) as refused:
        asked(by, "other.csv")
    assert refused.value.link == f"/studio/calculations/{Calculation.objects.get().token}/"
    cases.work_off()
    assert asked(by, "other.csv").is_open


def test_the_worker_keeps_the_result_and_nothing_of_the_file() -> None:
    found = asked(designer())
    assert LOG not in bytes(found.material or b"")
    cases.work_off()
    found.refresh_from_db()
    assert (found.status, found.material) == ("done", None)
    assert found.result is not None
    assert found.result["findings"]["cases"] == 1


def test_what_cannot_be_read_is_said_and_nothing_is_tried_again() -> None:
    found = asked(designer(), material=b"a,b\n1,2\n")
    assert cases.work_off() == 1
    found.refresh_from_db()
    assert (found.status, found.material) == ("failed", None)
    assert found.refusal


def test_who_asked_cancels_and_the_worker_does_nothing_then() -> None:
    by = designer()
    found = asked(by)
    with pytest.raises(NotAllowed):
        found.cancel(by=clerk())
    found.cancel(by=by)
    cases.work_off()
    found.refresh_from_db()
    assert (found.status, found.material, found.result) == ("cancelled", None, None)
    assert Entry.objects.filter(act="計算の取りやめ", actor_id=by.pk).count() == 1
    with pytest.raises(Conflict):
        found.cancel(by=by)


def test_two_do_not_run_at_once_but_one_whose_worker_was_lost_begins_again() -> None:
    first, second = asked(designer(1)), asked(designer(2))
    assert first.start()
    analyse_upload.call(second.token)
    second.refresh_from_db()
    assert second.status == "waiting"
    assert Job.objects.filter(args=[second.token]).count() == 2
    assert not Calculation.objects.get(pk=first.pk).start()
    Calculation.objects.filter(pk=first.pk).update(started_at=F("started_at") - timedelta(hours=1))
    analyse_upload.call(first.token)
    first.refresh_from_db()
    assert first.status == "done"


def test_no_more_wait_than_the_worker_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calculations, "MOST_OPEN", 2)
    asked(designer(1)), asked(designer(2))
    with pytest.raises(Busy, match="ほかの人"):
        asked(designer(3))


def test_results_are_gone_after_a_week() -> None:
    found, kept = asked(designer(1)), asked(designer(2))
    Calculation.objects.filter(pk=found.pk).update(asked_at=F("asked_at") - KEPT)
    delete_expired.call()
    assert list(Calculation.objects.all()) == [kept]
