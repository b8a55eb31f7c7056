"""A sheet that was acknowledged is on the disk, comes once, and is a page of one application."""

import pytest
from django.core.files.storage import default_storage

from tests import cast
from tests.cast import cases, scans
from todoke.audit.models import Entry
from todoke.file_validation.content_types import NotAccepted
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused
from todoke.scans.models import ScanBatch, ScanSheet
from todoke.scans.sheet_files import check_picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_stored_and_found_again_byte_for_byte() -> None:
    sheet = scans.sheet(scans.batch(cases.counter()))
    with sheet.open() as file:
        assert file.read() == scans.png(1)
    assert (sheet.width, sheet.height) == (scans.WIDTH, scans.HEIGHT)


def test_the_second_time_it_is_the_same_sheet_and_no_second_file() -> None:
    of = scans.batch(cases.counter(), claimed=2)
    first = scans.sheet(of)
    again, is_new = ScanSheet.add(of, check_picture(scans.png(1)), by=of.begun_by)
    assert (again.pk, is_new) == (first.pk, False)
    assert (
        sum(len(default_storage.listdir(f"scans/{folder}")[1]) for folder in default_storage.listdir("scans")[0]) == 1
    )


def test_pages_are_counted_on_to_the_next_application() -> None:
    of = scans.batch(cases.counter(), claimed=3)
    assert [(each.application, each.page) for each in (scans.sheet(of, 1), scans.sheet(of, 2))] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.4\n%%EOF", scans.png()[:-12], scans.png(size=(300, 300)), b"GIF89a" + b"\0" * 50],
)
def test_what_is_no_scanned_page_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(NotAccepted, match="ください"):
        check_picture(content)


def test_another_section_neither_adds_nor_sees_nor_takes_a_sheet() -> None:
    of, stranger = scans.batch(cases.counter()), cases.stranger()
    sheet = scans.sheet(of)
    with pytest.raises(NotAllowed):
        scans.sheet(of, 2, by=stranger)
    with pytest.raises(NotAllowed):
        sheet.require_taking(by=stranger)
    with pytest.raises(NotAllowed):
        sheet.take_out("破れ", by=stranger)
    assert not ScanSheet.objects.visible_to(stranger).exists()
    assert not ScanBatch.objects.visible_to(stranger).exists()


def test_a_sheet_is_taken_out_for_a_reason_that_stays() -> None:
    of = scans.batch(cases.counter())
    sheet = scans.sheet(of)
    with pytest.raises(Refused, match="理由を書いて"):
        sheet.take_out(" ", by=of.begun_by)
    sheet.take_out("角が破れている", by=of.begun_by)
    assert Entry.objects.filter(act="紙面を外す", reason="角が破れている").count() == 1
    with pytest.raises(Conflict):
        sheet.take_out("もう一度", by=of.begun_by)


def test_a_sheet_moves_to_a_free_page_alone() -> None:
    of = scans.batch(cases.counter(), claimed=3)
    first, second = scans.sheet(of, 1), scans.sheet(of, 2)
    with pytest.raises(Refused, match="別の紙面"):
        second.move_to(1, 1, by=of.begun_by)
    with pytest.raises(Refused, match="1ページまで"):
        second.move_to(1, 2, by=of.begun_by)
    second.move_to(3, 1, by=of.begun_by)
    second.refresh_from_db()
    assert (second.application, first.application) == (3, 1)


def test_a_batch_is_finished_when_the_pages_agree_and_nothing_is_left() -> None:
    of = scans.batch(cases.counter(), claimed=2)
    with pytest.raises(NotYet, match="まだ画像がありません"):
        of.begin_checking(by=of.begun_by)
    sheet = scans.sheet(of)
    of.begin_checking(by=of.begun_by)
    with pytest.raises(NotYet, match="数えた枚数は2枚、届いた画像は1枚"):
        of.finish(by=of.begun_by)
    of.recount(1, 120, by=of.begun_by)
    with pytest.raises(NotYet, match="1枚あります"):
        of.finish(by=of.begun_by)
    sheet.take_out("重複", by=of.begun_by)
    of.finish(by=of.begun_by)
    with pytest.raises(Closed):
        scans.sheet(of, 3)


def test_two_who_begin_to_check_at_once_do_it_once() -> None:
    of = scans.batch(cases.counter())
    scans.sheet(of)
    same = ScanBatch.objects.get(pk=of.pk)
    of.begin_checking(by=of.begun_by)
    with pytest.raises(Conflict):
        same.begin_checking(by=of.begun_by)


def test_no_count_is_impossible_and_nobody_else_begins() -> None:
    at = cases.counter()
    for claimed in (0, 1_001):
        with pytest.raises(Refused, match="枚数は"):
            scans.batch(at, claimed=claimed)
    with pytest.raises(NotAllowed):
        ScanBatch.begin(
            scans.template(at), channel="post", claimed=1, received_at=at.release.effective_at, by=cast.headquarters()
        )
