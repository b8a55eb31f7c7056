"""What a person enters is kept with its seconds; the earlier word stays; two people do not see each other's."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.cast import cases, scans
from todoke.audit.models import Entry
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.scans import retention_of_scans
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import FieldReading, FieldVerification, ScanBatch, ScanSheet
from todoke.scans.recognition.field_types import Policy
from todoke.scans.recognition.routes import Route

pytestmark = pytest.mark.django_db


def opened(at: cases.Counter, **policies: Policy) -> ScanSheet:
    of = scans.batch(at, template=scans.template(at, **policies))
    sheet = scans.sheet(of)
    of.begin_checking(by=at.clerk)
    return sheet


def enter(sheet: ScanSheet, by: object = None, seconds: float = 10, **values: str) -> list[FieldVerification]:
    shown = timezone.now() - timedelta(seconds=seconds)
    return FieldVerification.enter(sheet, values, shown_at=shown, by=by or sheet.batch.begun_by)  # type: ignore[arg-type] # a user


def test_the_seconds_are_shared_by_the_fields_that_were_entered_together() -> None:
    sheet = opened(cases.counter())
    made = enter(sheet, seconds=30, name__family="山田", copies="２")
    assert [one.value for one in made] == ["山田", "2"]
    assert sum(one.seconds for one in made) == pytest.approx(30, abs=2)


def test_time_away_from_the_desk_is_cut_and_said() -> None:
    (one,) = enter(opened(cases.counter()), seconds=4_000, copies="2")
    assert (one.seconds, one.idle_cut) == (60, True)


def test_the_earlier_word_stays_and_the_later_counts() -> None:
    sheet = opened(cases.counter())
    enter(sheet, copies="2")
    enter(sheet, copies="3")
    assert enter(sheet, copies="3") == []
    rows = sheet.verifications.filter(field="copies").order_by("pk")
    assert [(row.value, row.superseded_at is None) for row in rows] == [("2", False), ("3", True)]


def test_a_value_that_cannot_be_is_refused_and_nothing_is_kept() -> None:
    sheet = opened(cases.counter())
    with pytest.raises(Refused, match="数として読めません"):
        enter(sheet, name__family="山田", copies="たくさん")
    assert not sheet.verifications.exists()


def test_what_nobody_can_read_is_kept_as_unreadable() -> None:
    sheet = opened(cases.counter())
    (one,) = FieldVerification.enter(
        sheet, {"email": "x"}, shown_at=timezone.now(), by=sheet.batch.begun_by, unreadable=frozenset({"email"})
    )
    assert (one.value, one.act) == ("", "unreadable")


def test_two_people_enter_a_field_and_a_third_look_settles_what_differs() -> None:
    at = cases.counter()
    sheet, second = opened(at, copies=Policy.DOUBLE), scans.colleague(at)
    enter(sheet, copies="2")
    with pytest.raises(Conflict, match="もう一人"):
        enter(sheet, copies="3")
    (row,) = [row for row in ApplicationFields(sheet.batch, 1, second).rows if row.field.key == "copies"]
    assert (row.shown, row.may_enter) == ("", True)
    enter(sheet, second, copies="8")
    (last,) = enter(sheet, copies="2")
    assert last.act == "settled"
    (row,) = [row for row in ApplicationFields(sheet.batch, 1, second).rows if row.field.key == "copies"]
    assert (row.state.value, row.state.is_settled) == ("2", True)


def test_what_was_read_is_told_from_what_was_corrected() -> None:
    sheet = opened(cases.counter())
    FieldReading.objects.create(
        sheet=sheet, field="name__family", text="高橋", confidence=0.97, engine="rehearsal", engine_version="1",
        route=Route.CHECK,
    )  # fmt: skip
    (one,) = enter(sheet, name__family="髙橋")
    assert one.act == "replaced"
    with pytest.raises(TypeError):
        FieldReading.objects.get().save()


def test_nobody_of_another_section_and_nobody_after_the_receipt_enters_anything() -> None:
    sheet = opened(cases.counter())
    with pytest.raises(NotAllowed):
        enter(sheet, cases.stranger(), copies="2")
    sheet.take_out("破れ", by=sheet.batch.begun_by)
    with pytest.raises(Conflict):
        enter(sheet, copies="2")


def test_the_trail_names_no_value_of_a_person() -> None:
    enter(opened(cases.counter()), name__family="秘密山")
    assert "秘密山" not in "".join(str(vars(entry)) for entry in Entry.objects.all())


def test_pictures_and_values_go_ninety_days_after_the_batch_is_done_and_the_seconds_stay() -> None:
    sheet = opened(cases.counter())
    enter(sheet, name__family="山田")
    sheet.take_out("重複", by=sheet.batch.begun_by)
    of = ScanBatch.objects.get()
    of.finish(by=of.begun_by)
    assert retention_of_scans.erase_expired() == 0
    ScanBatch.objects.update(finished_at=timezone.now() - retention_of_scans.KEPT)
    path = sheet.path
    assert retention_of_scans.erase_expired() == 1
    assert retention_of_scans.erase_expired() == 0
    one = FieldVerification.objects.get()
    assert (one.value, one.seconds > 0) == ("", True)
    assert ScanSheet.objects.get().path == ""
    assert not default_storage.exists(path)
