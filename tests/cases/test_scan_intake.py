"""A checked sheet becomes a case as at the counter: once, with the day of the stamp, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import cases, scans
from todoke.cases.models import Case, ScannedApplication
from todoke.cases.paper import scan_intake
from todoke.runtime.refusals import NotAllowed, NotYet
from todoke.scans.checking_time import checking_times
from todoke.scans.models import ScanBaseline, ScanSheet
from todoke.scans.recognition.field_types import Policy

pytestmark = pytest.mark.django_db


def test_a_checked_sheet_becomes_a_case_of_the_day_of_the_stamp() -> None:
    at, stamped = cases.counter(), timezone.now() - timedelta(days=3)
    of = scans.filled_batch(at, received_at=stamped)
    case = scan_intake.receive(of, 1, by=at.clerk).case
    assert case is not None
    assert (case.received_at, case.channel, case.recorded_by) == (stamped, "post", at.clerk)
    assert case.applicant_name == "山田 花子"
    assert cases.case(at).body_hash == case.body_hash, "the same answers as online"
    assert ScanSheet.objects.get().settled_at


def test_pressed_twice_it_is_one_case() -> None:
    at = cases.counter()
    of = scans.filled_batch(at)
    first, second = (scan_intake.receive(of, 1, by=at.clerk).case for _ in range(2))
    assert first == second
    assert Case.objects.count() == ScannedApplication.objects.count() == 1


def test_what_the_form_refuses_is_said_at_its_field_and_nothing_is_lost() -> None:
    at = cases.counter()
    of = scans.batch(at)
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    scans.checked(of, copies="99")
    found = scan_intake.receive(of, 1, by=at.clerk)
    assert found.case is None
    assert list(found.problems) == ["copies"]
    assert not Case.objects.exists()
    scans.checked(of, copies="3")
    again = scan_intake.receive(of, 1, by=at.clerk)
    assert again.case is not None
    assert (again.token, ScannedApplication.objects.count()) == (found.token, 1)


def test_a_missing_page_and_an_unchecked_field_stop_it() -> None:
    at = cases.counter()
    of = scans.batch(at)
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    with pytest.raises(NotYet, match="7個"):
        scan_intake.receive(of, 1, by=at.clerk)
    ScanSheet.objects.get().take_out("破れ", by=at.clerk)
    with pytest.raises(NotYet, match="すべて外して"):
        scan_intake.receive(of, 1, by=at.clerk)


def test_a_field_for_two_people_needs_the_second() -> None:
    at = cases.counter()
    of = scans.batch(at, template=scans.template(at, copies=Policy.DOUBLE))
    scans.sheet(of)
    of.begin_checking(by=at.clerk)
    scans.checked(of)
    with pytest.raises(NotYet, match="1個"):
        scan_intake.receive(of, 1, by=at.clerk)
    scans.checked(of, by=scans.colleague(at))
    assert scan_intake.receive(of, 1, by=at.clerk).case


def test_nobody_of_another_section_makes_a_case() -> None:
    at = cases.counter()
    of = scans.filled_batch(at)
    with pytest.raises(NotAllowed):
        scan_intake.receive(of, 1, by=cases.stranger())
    assert not Case.objects.exists()


def test_typing_without_a_reader_is_the_baseline() -> None:
    at = cases.counter()
    of = scans.filled_batch(at)
    scan_intake.receive(of, 1, by=at.clerk)
    measured = ScanBaseline.objects.get()
    assert measured.seconds == pytest.approx(20, abs=2)
    (time,) = checking_times(at.clerk)
    assert (time.baseline, time.people, time.saved) == (1, 1, None)
    assert time.missing == "基準の測定があと29件、測った人があと1人、読取りを使って確かめた申請が要ります"
