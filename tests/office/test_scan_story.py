"""The story of a month: typing is measured by two people, then forty sheets are read; the page says what that saved."""

from io import BytesIO

import pytest
from pytest_django import Settings

from tests.cast import cases, scans, signed_in
from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.cases.paper import scan_intake
from todoke.scans import batch_reader
from todoke.scans.engines.rehearsal import prepare
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.scans.page_code import page_code
from todoke.scans.picture_intake import add_pictures
from todoke.scans.sheet_files import check_picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEXTS = {key: (text, 0.98) for key, text in scans.WRITTEN.items()}


def received(of: ScanBatch, applications: range, by: User, seconds: float) -> None:
    for application in applications:
        scans.checked(of, application, by=by, seconds=seconds + application % 3)
        assert scan_intake.receive(of, application, by=by).case


def measured(at: cases.Counter, template: ScanTemplate, seconds: float) -> ScanBatch:
    """Thirty sheets that two people typed without a reader, fifteen each."""
    typed = scans.batch(at, claimed=30, template=template, is_baseline=True)
    for number in range(1, 31):
        scans.sheet(typed, number)
    typed.begin_checking(by=at.clerk)
    received(typed, range(1, 16), at.clerk, seconds)
    received(typed, range(16, 31), scans.colleague(at), seconds + 4)
    return typed


def test_forty_sheets_are_read_and_the_page_tells_what_it_saved(settings: Settings) -> None:
    at = cases.counter()
    template, client = scans.template(at), signed_in(at.clerk)
    measured(at, template, 40).finish(by=at.clerk)
    assert "まだ測れていません" in client.get("/office/scans/figures/").content.decode()

    settings.READER = "rehearsal"
    read = scans.batch(at, claimed=40, template=template)
    code = page_code(template.key, template.version, 1)
    for number in range(101, 141):
        sheet = ScanSheet.add(read, check_picture(scans.png(number, (700, 900 + number))), by=at.clerk)[0]
        prepare(sheet.sha256, TEXTS, code=code, aligned=number != 140)
    again = add_pictures(read, [("二度目.png", BytesIO(scans.png(101, (700, 1001))))], by=at.clerk)
    assert again.added == 0
    assert "同じ画像です" in again.said[0]
    batch_reader.begin(read, by=at.clerk)
    batch_reader.read_batch(read.pk)
    read.refresh_from_db()
    torn = read.sheets.get(application=40)
    assert torn.finding == batch_reader.NOT_ALIGNED
    torn.take_out("角が破れている。本人に返した", by=at.clerk)
    received(read, range(1, 40), at.clerk, 9)
    read.recount(40, 200, by=at.clerk)
    read.finish(by=at.clerk)

    text = client.get("/office/scans/figures/").content.decode()
    assert "95%の区間" in text
    assert "30件・2人" in text
    assert "39件" in text
    assert Case.objects.count() == 69
    for case in Case.objects.all()[:3]:
        assert client.get(f"/office/cases/{case.number}/").status_code == 200


def test_reading_that_took_longer_is_told_in_the_same_place(settings: Settings) -> None:
    at = cases.counter()
    template = scans.template(at)
    measured(at, template, 10)
    settings.READER = "rehearsal"
    read = scans.batch(at, claimed=2, template=template)
    for number in (51, 52):
        prepare(scans.sheet(read, number).sha256, TEXTS, code=page_code(template.key, template.version, 1))
    batch_reader.begin(read, by=at.clerk)
    batch_reader.read_batch(read.pk)
    received(read, range(1, 3), at.clerk, 50)
    assert "(増えました)" in signed_in(at.clerk).get("/office/scans/figures/").content.decode()
