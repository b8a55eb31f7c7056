"""Devices are registered, lent, returned, lost and looked up; the database refuses what must not be."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tests.cast import devices as of_devices
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.japanese.periods import this_month
from todoke.notices.models import Message
from todoke.organization.models import Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused, Unreadable
from todoke.systems.devices.device_figures import count_devices, measure_devices
from todoke.systems.devices.device_table import read_connections, read_devices
from todoke.systems.devices.distribution_pdf import DistributionList
from todoke.systems.devices.loan_reminders import remind
from todoke.systems.models import (
    Device,
    DeviceLoan,
    DeviceUse,
    Incident,
    LossReport,
    ReportDeadline,
    Stocktake,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return of_devices.lender()


@pytest.fixture
def device(admin: User) -> Device:
    return of_devices.devices(1, of_devices.pool(), admin)[0]


def test_eighty_devices_and_a_hundred_more_are_a_hundred_and_fifty_that_can_be_lent(admin: User) -> None:
    of_devices.devices(30, of_devices.pool("own", "個別対応端末", is_individual=True), admin, "K")
    of_devices.devices(50, of_devices.pool(), admin)
    assert (count_devices().kept, count_devices().actual) == (80, 50)
    of_devices.devices(100, of_devices.pool(), admin, "U")
    counts = count_devices()
    assert (counts.kept, counts.individual, counts.actual) == (180, 30, 150)


def test_both_lists_name_every_section_that_has_a_device(admin: User) -> None:
    own = of_devices.devices(1, of_devices.pool("own", "個別対応端末", is_individual=True), admin, "K")[0]
    of_devices.lent(own, cast.clerk(), admin)
    DeviceLoan.lend(
        of_devices.devices(1, of_devices.pool(), admin)[0], department=cast.department("税務課", "2020"), borrower=None,
        purpose="出張", due_on=today(), by=admin,
    )  # fmt: skip
    sheet = DistributionList(admin)
    data = sheet.data()
    assert [(pool["name"], pool["rows"][0][0]) for pool in data["pools"]] == [
        ("個別対応端末", "戸籍住民課"), ("テレワーク端末", "税務課"),
    ]  # fmt: skip
    assert sheet.content().startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        sheet.require_taking(by=cast.resident())


def test_a_number_that_is_taken_registers_nothing(admin: User, device: Device) -> None:
    with pytest.raises(Refused, match="資産番号"):
        of_devices.devices(3, device.pool, admin)
    assert Device.objects.count() == 1


def test_a_device_that_is_out_is_not_lent_twice(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    of_devices.lent(device, clerk, admin)
    with pytest.raises(Refused, match="別の予約か貸出"):
        of_devices.lent(device, admin, admin)
    row = {"device": device, "department": cast.department(), "purpose": "x", "starts_on": today(), "due_on": today()}
    with pytest.raises(IntegrityError), transaction.atomic():
        DeviceLoan.objects.create(number="x", handed_at=timezone.now(), **row)


def test_a_device_in_repair_is_not_handed_over(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    device.send_to_repair("電池が膨らんだ", by=admin)
    with pytest.raises(Conflict, match="修理"):
        of_devices.lent(device, clerk, admin)
    assert not DeviceLoan.objects.exists()
    device.mend(by=admin)
    assert of_devices.lent(device, clerk, admin).handed_by == admin


def test_a_booking_of_a_later_day_is_handed_over_or_cancelled(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    later = today() + timedelta(days=3)
    terms: dict[str, Any] = {"department": cast.department(), "borrower": clerk, "purpose": "出張", "by": admin}
    booked = DeviceLoan.book(device, starts_on=later, due_on=later, **terms)
    with pytest.raises(Refused, match="別の予約か貸出"):
        DeviceLoan.book(device, starts_on=today(), due_on=later, **terms)
    booked.cancel(by=admin)
    with pytest.raises(Conflict):
        booked.hand_over(by=admin)
    DeviceLoan.book(device, starts_on=later, due_on=later, **terms).hand_over(by=admin)
    assert Device.objects.get().status == "lent"


def test_a_borrower_returns_a_broken_device_and_it_goes_to_repair(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    loan = of_devices.lent(device, clerk, admin)
    loan.accept(by=clerk)
    with pytest.raises(Refused, match="どこがどう壊れたか"):
        loan.announce_return("", is_broken=True, by=clerk)
    with pytest.raises(NotAllowed):
        loan.announce_return("割れた", is_broken=True, by=admin)
    loan.announce_return("画面が割れた", is_broken=True, by=clerk)
    with pytest.raises(NotAllowed):
        loan.take_back(condition="broken", is_wiped=True, by=clerk)
    loan.take_back(condition="broken", is_wiped=True, by=admin)
    assert (loan.device.status, loan.checked_by) == ("repair", admin)
    with pytest.raises(Conflict):
        loan.take_back(condition="good", is_wiped=True, by=admin)


def test_a_device_that_was_not_wiped_is_not_lent_again(admin: User, device: Device) -> None:
    loan = of_devices.lent(device, cast.clerk(), admin)
    loan.take_back(condition="good", is_wiped=False, by=admin)
    assert loan.device.status == "repair"


def test_a_return_without_a_check_is_refused_by_the_database(admin: User, device: Device) -> None:
    loan = of_devices.lent(device, cast.clerk(), admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeviceLoan.objects.filter(pk=loan.pk).update(returned_at=timezone.now())


def test_ten_days_over_due_are_three_notices_and_one_to_the_chief(admin: User, device: Device) -> None:
    clerk, chief = cast.clerk(), cast.chief()
    loan = of_devices.lent(device, clerk, admin)
    for late in range(-5, 11):
        for _ in range(2):
            remind(loan.due_on + timedelta(days=late))
    told = Message.objects.filter(code="device-due")
    assert (told.filter(user=clerk).count(), told.filter(user=chief).count()) == (3, 1)
    assert "期限を7日過ぎています" in told.latest("pk").body


def test_a_device_that_is_back_is_told_to_nobody(admin: User, device: Device) -> None:
    loan = of_devices.lent(device, cast.clerk(), admin)
    loan.take_back(condition="good", is_wiped=True, by=admin)
    assert remind(loan.due_on) == 0


def test_a_loss_opens_an_incident_and_shows_the_days_of_the_law(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    loan = of_devices.lent(device, clerk, admin)
    ReportDeadline.objects.create(
        data_class="personal", title="個人情報保護委員会への速報", days=5, source="見本", confirmed_on=today()
    )
    with pytest.raises(Refused, match="区分を選んで"):
        LossReport.file(device, noticed_at=timezone.now(), place="電車", data_class="", by=clerk)
    report = LossReport.of_loan(loan, noticed_at=timezone.now(), place="電車", data_class="personal", by=clerk)
    assert Incident.objects.get() == report.incident
    assert (report.incident.system, report.incident.status) == (device.pool.system, "investigating")
    [(deadline, day)] = report.deadlines()
    assert (deadline.title, day) == ("個人情報保護委員会への速報", today() + timedelta(days=5))
    device.refresh_from_db()
    assert (device.status, DeviceLoan.objects.open().count()) == ("lost", 0)
    with pytest.raises(Conflict):
        LossReport.of_loan(loan, noticed_at=timezone.now(), place="電車", data_class="personal", by=clerk)
    device.recover(by=admin)
    assert of_devices.lent(device, clerk, admin).device.status == "lent"


def test_a_person_who_leaves_and_has_a_device_stands_on_the_list(admin: User, device: Device) -> None:
    clerk = cast.clerk()
    of_devices.lent(device, clerk, admin)
    assert not DeviceLoan.objects.of_leavers().exists()
    Tenure.objects.filter(user=clerk).update(ends_on=date(2027, 3, 31))
    assert [loan.borrower for loan in DeviceLoan.objects.of_leavers()] == [clerk]


def test_a_chief_sees_what_the_section_has_and_a_borrower_their_own(admin: User, device: Device) -> None:
    clerk, chief = cast.clerk(), cast.chief()
    other = cast.staff("別課長", "other@example.lg.jp", "chief", cast.department("税務課", "2020"))
    assert not Device.objects.visible_to(chief).exists()
    of_devices.lent(device, clerk, admin)
    seen = [user for user in (clerk, chief, other, admin) if Device.objects.visible_to(user).exists()]
    assert seen == [clerk, chief, admin]


def test_use_is_known_by_report_and_by_gateway_and_else_unknown(admin: User) -> None:
    clerk, month = cast.clerk(), this_month(today())
    first, second, third = of_devices.devices(3, of_devices.pool(), admin)
    loan = of_devices.lent(first, clerk, admin)
    of_devices.lent(second, clerk, admin)
    assert measure_devices(month).unknown == 2
    DeviceUse.report(loan, today(), is_used=True, by=clerk)
    made = DeviceUse.import_gateway([("T002", today()), ("T003", today()), ("X", today())], month, by=admin)
    assert made == (1, 2)
    found = measure_devices(month)
    assert (found.lent, found.used, found.unused, found.unknown) == (2, 2, 0, 0)
    with pytest.raises(Refused, match="借りている間"):
        DeviceUse.report(loan, today() - timedelta(days=1), is_used=True, by=clerk)
    with pytest.raises(NotAllowed):
        DeviceUse.report(loan, today(), is_used=True, by=admin)
    assert third.status == "stock"


def test_a_stocktake_ends_when_every_device_was_looked_up(admin: User) -> None:
    of_devices.devices(3, of_devices.pool(), admin)
    stocktake = Stocktake.open(by=admin)
    with pytest.raises(Conflict):
        Stocktake.open(by=admin)
    with pytest.raises(Refused, match="X9"):
        stocktake.sight(["T001", "X9"], "seen", by=admin)
    assert stocktake.sight(["T001", "t002", ""], "seen", place="3階", by=admin) == 2
    with pytest.raises(NotYet, match="1台"):
        stocktake.close(by=admin)
    stocktake.sight(["T003"], "missing", by=admin)
    stocktake.close(by=admin)
    with pytest.raises(Conflict):
        stocktake.sight(["T001"], "seen", by=admin)


def test_the_sheet_of_a_municipality_is_read_and_a_bad_row_is_named() -> None:
    [entry] = read_devices("管理番号,型番,購入日\nA1,PC,令和7年4月1日\n".encode())
    assert (entry.asset_number, entry.acquired_on) == ("A1", date(2025, 4, 1))
    with pytest.raises(Unreadable, match="取得日の列が見つかりません"):
        read_devices("資産番号,機種\nA1,PC\n".encode())
    with pytest.raises(Unreadable, match="3行目の取得日"):
        read_devices("資産番号,機種,取得日\nA1,PC,2025-04-01\nA2,PC,きのう\n".encode())
    with pytest.raises(Unreadable, match="3行目の日付"):
        read_connections("資産番号,日付\nA1,2026-06-01\nA2,きのう\n".encode())
