"""A file is checked, mended and approved before it is published, and what was published is never changed."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import cast
from tests.cast import open_data
from todoke.accounts.actors import System
from todoke.insights.models import DatasetVersion, RateRecord, RepairChoice, ValidationRun
from todoke.insights.models.dataset import publish_month
from todoke.insights.tasks import publish_last_month
from todoke.japanese.calendar import today
from todoke.plans.paper_reminders import last_month
from todoke.runtime.refusals import Conflict, NotYet, Refused, Unreadable

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


def rate(on: date, online: int) -> None:
    RateRecord.objects.update_or_create(key="possible", on=on, defaults={"numerator": online, "denominator": 100})


def test_an_error_stops_the_approval_until_it_is_mended() -> None:
    by = cast.chief()
    run = open_data.run(by)
    assert run.counts == {"V20": 1, "V22": 1}
    with pytest.raises(NotYet, match="誤りが1か所"):
        run.approve(by=by)
    copy = run.repair(by=by)
    assert (copy.counts, copy.changed_cells, copy.repaired_from) == ({}, 2, run)
    assert ValidationRun.objects.get(pk=run.pk).content() == open_data.BAD
    assert {choice.rule for choice in RepairChoice.objects.filter(run=run)} == {"V20", "V22"}
    copy.approve(by=by)
    assert copy.publish(by=by).content().decode("utf-8-sig") == open_data.CLEAN


def test_a_warning_is_looked_at_by_a_person_before_the_approval() -> None:
    by = cast.chief()
    run = open_data.run(by, open_data.CLEAN.replace("図書館", "=図書館").encode())
    assert run.warned == ["V24"]
    with pytest.raises(NotYet, match="計算式"):
        run.approve(by=by)
    run.confirm("V24", by=by)
    run.approve(by=by)
    with pytest.raises(Refused):
        run.confirm("V24", by=by)


def test_repairing_twice_at_once_makes_one_copy() -> None:
    by = cast.chief()
    run = open_data.run(by)
    again = ValidationRun.objects.get(pk=run.pk)
    run.repair(by=by)
    with pytest.raises(Conflict):
        again.repair(by=by)


def test_a_file_with_an_open_quote_is_checked_and_not_mended() -> None:
    by = cast.chief()
    run = open_data.run(by, open_data.CLEAN.replace("図書館", '"図書館').encode())
    with pytest.raises(Unreadable, match="読めない所"):
        run.repair(by=by)
    assert ValidationRun.objects.get().status == ValidationRun.Status.CHECKED


def test_the_database_refuses_to_change_what_was_published() -> None:
    dataset = open_data.published(cast.chief())
    with pytest.raises(DatabaseError), transaction.atomic():
        DatasetVersion.objects.filter(dataset=dataset).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        DatasetVersion.objects.filter(dataset=dataset).delete()
    with pytest.raises(TypeError):
        DatasetVersion.objects.get().save()


def test_bytes_that_are_not_what_was_published_are_not_handed_out() -> None:
    version = cast.present(open_data.published(cast.chief()).newest)
    with version.file.storage.open(str(version.file.name), "wb") as kept:
        kept.write(b"other")
    with pytest.raises(Unreadable, match="公開したときの内容と違う"):
        version.content()


def test_a_past_month_of_a_series_is_never_overwritten() -> None:
    rate(date(2026, 5, 31), 40)
    first = cast.present(publish_month("rates", MAY, by=System()))
    rate(date(2026, 5, 31), 55)
    assert publish_month("rates", MAY, by=System()) is None
    assert "40" in first.content().decode("utf-8-sig")
    second = cast.present(publish_month("rates", MAY, by=System(), reason="台帳の数え違い"))
    assert (second.number, second.correction, second.note) == (2, 1, "台帳の数え違い")
    assert "40" in DatasetVersion.objects.get(number=1).content().decode("utf-8-sig")
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetVersion.objects.create(
            dataset=first.dataset, number=9, month=MAY, digest="0", size=1, records=1, columns=1
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetVersion.objects.create(
            dataset=first.dataset, number=9, month=MAY, correction=2, digest="0", size=1, records=1, columns=1
        )


def test_a_month_that_is_not_over_is_not_published() -> None:
    with pytest.raises(Refused, match="終わっていない月"):
        publish_month("rates", today(), by=System())


def test_the_monthly_publication_may_run_twice() -> None:
    rate(last_month(today()), 40)
    assert publish_last_month.func() == 1
    assert publish_last_month.func() == 0
    assert DatasetVersion.objects.count() == 1
