"""The pages of the devices: an administrator lends, a clerk accepts and returns, a chief looks on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import devices as of_devices
from todoke.japanese.calendar import today
from todoke.systems.models import Device, DeviceLoan, LossReport, ReportDeadline, Stocktake

pytestmark = pytest.mark.django_db
NOW = "2026-01-05T09:00"


def test_a_sheet_is_registered_whole_or_not_at_all() -> None:
    admin, pool = cast.signed_in(of_devices.lender()), of_devices.pool()
    head = "資産番号,機種,取得日\n"
    bad = SimpleUploadedFile("a.csv", f"{head}A1,PC,2025-04-01\nA2,,2025-04-01\n".encode())
    refused = admin.post("/office/devices/registration/", {"pool": pool.pk, "table": bad})
    assert (refused.status_code, "3行目の機種" in refused.content.decode()) == (422, True)
    assert not Device.objects.exists()
    good = SimpleUploadedFile("a.csv", f"{head}A1,PC,2025-04-01\nA2,PC,令和7年4月2日\n".encode())
    admin.post("/office/devices/registration/", {"pool": pool.pk, "table": good})
    page = admin.get("/office/devices/").content.decode()
    assert "2台</strong>、個別対応の0台を除いた実質は" in page
    sheet = admin.get("/office/devices/?export=csv").getvalue().decode()
    assert "A2" in sheet


def test_a_clerk_accepts_says_it_broke_and_the_administrator_sends_it_to_repair() -> None:
    admin, clerk = of_devices.lender(), cast.clerk()
    device = of_devices.devices(1, of_devices.pool(), admin)[0]
    desk, mine = cast.signed_in(admin), cast.signed_in(clerk)
    terms = {"email": clerk.email, "purpose": "在宅勤務", "starts_on": str(today()), "due_on": str(today())}
    desk.post("/office/devices/T001/loan/", terms)
    loan = DeviceLoan.objects.get()
    assert (loan.borrower, loan.department) == (clerk, cast.department())
    assert "受け取りを確かめる機器" in mine.get("/office/").content.decode()
    mine.post(f"/office/my-devices/{loan.number}/acceptance/")
    refused = mine.post(f"/office/my-devices/{loan.number}/return/", {"is_broken": "yes", "explanation": ""})
    assert (refused.status_code, "どこがどう壊れたか" in refused.content.decode()) == (409, True)
    mine.post(f"/office/my-devices/{loan.number}/return/", {"is_broken": "yes", "explanation": "画面が割れた"})
    assert "画面が割れた" in desk.get(f"/office/devices/loans/{loan.number}/").content.decode()
    assert "返却を確かめる機器" in desk.get("/office/").content.decode()
    desk.post(f"/office/devices/loans/{loan.number}/check/", {"condition": "broken", "is_wiped": "yes"})
    device.refresh_from_db()
    assert device.status == "repair"
    page = mine.get("/office/my-devices/").content.decode()
    assert "壊れている" in page
    assert "借りている機器はありません" in page
    desk.post("/office/devices/T001/mending/")
    device.refresh_from_db()
    assert device.status == "stock"


def test_a_clerk_who_lost_a_device_reports_it_and_the_days_are_shown() -> None:
    admin, clerk = of_devices.lender(), cast.clerk()
    loan = of_devices.lent(of_devices.devices(1, of_devices.pool(), admin)[0], clerk, admin)
    ReportDeadline.objects.create(
        data_class="personal", title="委員会への速報", days=5, source="見本の規則", confirmed_on=today()
    )
    told = {"noticed_at": NOW, "place": "電車", "data_class": "personal"}
    mine, stranger = cast.signed_in(clerk), cast.signed_in(cast.staff("別", "o@example.lg.jp"))
    assert stranger.post(f"/office/my-devices/{loan.number}/loss/", told).status_code == 404
    mine.post(f"/office/my-devices/{loan.number}/loss/", told)
    report = LossReport.objects.get()
    page = cast.signed_in(admin).get(f"/office/devices/losses/{report.number}/").content.decode()
    assert "委員会への速報" in page
    assert "見本の規則" in page
    assert report.incident.number in page


def test_a_chief_sees_only_what_the_section_has_and_a_clerk_no_register() -> None:
    admin, clerk, chief = of_devices.lender(), cast.clerk(), cast.chief()
    first, _ = of_devices.devices(2, of_devices.pool(), admin)
    of_devices.lent(first, clerk, admin)
    page = cast.signed_in(chief).get("/office/devices/").content.decode()
    assert "T001" in page
    assert "T002" not in page
    assert cast.signed_in(chief).get("/office/devices/T002/").status_code == 404
    assert cast.signed_in(chief).post("/office/devices/T001/repair/", {"reason": "x"}).status_code == 403
    assert cast.signed_in(clerk).get("/office/devices/").status_code == 403
    paper = cast.signed_in(chief).get("/office/devices/distribution.pdf")
    assert (paper.status_code, "no-store" in paper["Cache-Control"]) == (200, True)


def test_the_rates_say_what_is_not_known() -> None:
    admin, clerk = of_devices.lender(), cast.clerk()
    for device in of_devices.devices(2, of_devices.pool(), admin, since=today()):
        of_devices.lent(device, clerk, admin)
    desk, mine = cast.signed_in(admin), cast.signed_in(clerk)
    number = DeviceLoan.objects.latest("pk").number
    mine.post(f"/office/my-devices/{number}/use/", {"day": str(today()), "is_used": "yes"})
    page = desk.get("/office/devices/usage/").content.decode()
    assert "50.0%以上、100.0%以下" in page
    table = SimpleUploadedFile("g.csv", f"資産番号,日付\nT001,{today()}\n".encode())
    period = {"period": f"{today():%Y年}{today().month}月", "table": table}
    desk.post("/office/devices/usage/connections/", period)
    assert "<strong>100.0%</strong>" in desk.get("/office/devices/usage/").content.decode()
    assert desk.get("/office/devices/usage/?period=きのう").status_code == 422


def test_a_stocktake_is_begun_read_and_ended() -> None:
    admin = of_devices.lender()
    of_devices.devices(2, of_devices.pool(), admin)
    desk = cast.signed_in(admin)
    desk.post("/office/devices/stocktakes/opening/")
    here = f"/office/devices/stocktakes/{Stocktake.objects.get().number}/"
    desk.post(f"{here}sighting/", {"numbers": "T001\nT002", "finding": "seen", "place": "3階"})
    assert "棚卸を終える" in desk.get(here).content.decode()
    desk.post(f"{here}closing/")
    assert "に終わりました" in desk.get(f"{here}?view=all").content.decode()


def test_a_list_asks_as_often_for_fifty_devices_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    admin = of_devices.lender()
    desk = cast.signed_in(admin)
    of_devices.devices(1, of_devices.pool(), admin)
    with CaptureQueriesContext(connection) as one:
        desk.get("/office/devices/")
    of_devices.devices(50, of_devices.pool(), admin, "U")
    with django_assert_num_queries(len(one)):
        desk.get("/office/devices/")
