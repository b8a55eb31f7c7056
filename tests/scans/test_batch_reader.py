"""A job reads the sheets of a batch by prepared readings: progress, a stop, the order of pages, routes, gates."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cast import cases, scans
from todoke.cases.paper import scan_intake
from todoke.runtime.refusals import Refused
from todoke.scans import batch_reader, gate_renewal
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.rehearsal import prepare
from todoke.scans.models import FieldReading, FieldVerification, ScanBatch, ScanGate, ScanSheet
from todoke.scans.page_code import page_code
from todoke.scans.recognition.field_types import Policy
from todoke.scans.recognition.routes import Route

pytestmark = pytest.mark.django_db
TEXTS = {key: (text, 0.99) for key, text in scans.WRITTEN.items()}


@pytest.fixture(autouse=True)
def _rehearsal(settings: Settings) -> None:
    settings.READER = "rehearsal"


def read(of: ScanBatch) -> None:
    batch_reader.begin(of, by=of.begun_by)
    batch_reader.read_batch(of.pk)
    of.refresh_from_db()


def prepared(of: ScanBatch, number: int = 1, **other: tuple[str, float]) -> ScanSheet:
    sheet = scans.sheet(of, number)
    code = page_code(of.template.key, of.template.version, 1)
    prepare(sheet.sha256, {**TEXTS, **other}, code=code)
    return sheet


def test_what_was_read_waits_for_a_person_who_accepts_it() -> None:
    at = cases.counter()
    of = scans.batch(at)
    sheet = prepared(of)
    read(of)
    assert (of.status, of.read_done) == ("checking", 1)
    assert {row.route for row in sheet.readings.all()} == {Route.CHECK}
    scans.checked(of)
    assert set(FieldVerification.objects.values_list("act", flat=True)) == {"accepted"}
    assert scan_intake.receive(of, 1, by=at.clerk).case


def test_a_sheet_without_marks_and_one_of_another_form_have_no_readings() -> None:
    of = scans.batch(cases.counter(), claimed=2)
    torn, other = prepared(of, 1), prepared(of, 2)
    prepare(torn.sha256, TEXTS, aligned=False)
    prepare(other.sha256, TEXTS, code=page_code("another-form", 1, 1))
    read(of)
    assert not FieldReading.objects.exists()
    found = list(ScanSheet.objects.order_by("pk").values_list("finding", flat=True))
    assert found == [batch_reader.NOT_ALIGNED, batch_reader.OTHER_FORM]


def test_a_stopped_reader_reads_nothing_more_and_goes_on_where_it_was() -> None:
    of = scans.batch(cases.counter())
    prepared(of)
    batch_reader.begin(of, by=of.begun_by)
    of.cancel_reading(by=of.begun_by)
    batch_reader.read_batch(of.pk)
    assert not FieldReading.objects.exists()
    read(ScanBatch.objects.get(pk=of.pk))
    assert FieldReading.objects.count() == 7


def test_the_job_run_twice_reads_once() -> None:
    of = scans.batch(cases.counter())
    prepared(of)
    read(of)
    before = list(FieldReading.objects.values_list("pk", flat=True))
    batch_reader.read_batch(of.pk)
    assert list(FieldReading.objects.values_list("pk", flat=True)) == before


def test_a_sheet_that_came_later_is_read_without_reading_the_others_again() -> None:
    of = scans.batch(cases.counter(), claimed=2)
    prepared(of, 1)
    read(of)
    prepared(of, 2)
    assert of.unread == 1
    read(of)
    assert (of.unread, FieldReading.objects.count()) == (0, 14)


def test_without_a_reader_and_for_a_measured_batch_nothing_is_read(settings: Settings) -> None:
    at = cases.counter()
    measured = scans.batch(at, is_baseline=True)
    scans.sheet(measured)
    with pytest.raises(Refused, match="時間を測る束"):
        batch_reader.begin(measured, by=at.clerk)
    settings.READER = "none"
    assert chosen_reader().name == ""
    with pytest.raises(Refused, match="画像を見て入力"):
        batch_reader.begin(measured, by=at.clerk)


def test_a_field_passes_unchecked_only_after_three_hundred_were_found_right() -> None:
    at = cases.counter()
    of = scans.batch(at, claimed=400, template=scans.template(at, name__family_kana=Policy.AUTO))
    now = timezone.now()
    sheets = [
        ScanSheet(batch=of, position=number, application=number, page=1, sha256=f"{number:064}", width=1, height=1,
                  media_type="image/png")
        for number in range(1, 301)
    ]  # fmt: skip
    rows = [
        FieldReading(sheet=sheet, field="name__family_kana", text="ヤマダ", confidence=0.9, engine="rehearsal",
                     engine_version="1", route=Route.CHECK)
        for sheet in ScanSheet.objects.bulk_create(sheets)
    ]  # fmt: skip
    checked = [
        FieldVerification(sheet=row.sheet, field=row.field, reading=row, value="ヤマダ", act="accepted", by=at.clerk,
                          shown_at=now, done_at=now, seconds=2)
        for row in FieldReading.objects.bulk_create(rows)
    ]  # fmt: skip
    FieldVerification.objects.bulk_create(checked[:200])
    assert gate_renewal.renew_gates() == 0
    FieldVerification.objects.bulk_create(checked[200:])
    assert gate_renewal.renew_gates() == 1
    assert ScanGate.thresholds(of.template, "post") == {"name__family_kana": 0.9}
    assert ScanGate.thresholds(of.template, "fax") == {}, "proved for one way of arrival only"
    FieldVerification.objects.filter(sheet__position__lte=10).update(act="replaced")
    assert gate_renewal.renew_gates() == 0, "a bound that no longer holds closes the gate"
