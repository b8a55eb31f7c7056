"""The pages of attendance: a clerk presses, asks and confirms, the chief decides, personnel close and take the file."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import workforce as of_work
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.workforce.models import (
    ClockCorrection,
    ClockEvent,
    LeaveBalance,
    LeaveDay,
    MonthClose,
    MonthSheet,
    OvertimeLimitRule,
    OvertimeOrder,
    StaffNumber,
    WorkPattern,
)

pytestmark = pytest.mark.django_db
RULES = "/office/attendance/rules/"


@pytest.fixture
def here() -> of_work.Section:
    found = of_work.section()
    of_work.rules(found.personnel)
    return found


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_press_is_one_event_and_the_page_offers_the_next(here: of_work.Section) -> None:
    clerk = cast.signed_in(here.clerk)
    key = cast.present(re.search(r'name="key" value="([^"]+)"', page(clerk, "/office/clock/")))[1]
    for _ in range(2):
        clerk.post("/office/clock/event/", {"kind": "in", "place": "telework", "key": key})
    assert ClockEvent.objects.get().place == "telework"
    shown = page(clerk, "/office/clock/")
    assert cast.present(re.search(r'class="button" name="kind" value="(\w+)"', shown))[1] == "out"
    assert "給与・手当の額" in shown
    refused = clerk.post("/office/clock/event/", {"kind": "later", "place": "office", "key": "x"})
    assert refused.status_code == 422


def test_a_month_without_a_seal_through_the_pages(here: of_work.Section) -> None:
    clerk, chief, director = (cast.signed_in(each) for each in (here.clerk, here.chief, here.director))
    personnel = cast.signed_in(here.personnel)
    for person, own, approver in ((here.clerk, clerk, chief), (here.chief, chief, director)):
        sheet = of_work.full_month(person)
        address = f"/office/timesheets/{sheet.token}/"
        shown = page(own, address)
        revision = cast.present(re.search(r'name="revision" value="(\d+)"', shown))[1]
        own.post(f"{address}confirmation/", {"revision": revision})
        assert "承認する" in page(approver, address)
        approver.post(f"{address}approval/", {"revision": revision})
    month = f"{of_work.last_month():%Y-%m}"
    answer = personnel.post("/office/attendance/closing/", {"department": "1010", "month": month}, follow=True)
    assert "締めました" in answer.content.decode()
    close = MonthClose.objects.get()
    assert personnel.get(f"/office/attendance/closes/{close.token}/file/").content.decode() == close.content
    assert clerk.get(f"/office/attendance/closes/{close.token}/file/").status_code == 403
    assert personnel.get(f"{address}document/").content.startswith(b"%PDF")
    assert (
        "もう" in personnel.post("/office/attendance/closing/", {"department": "1010", "month": month}).content.decode()
    )
    personnel.post(f"/office/attendance/closes/{close.token}/reopening/", {"reason": "打刻の漏れ"})
    assert "打刻の漏れ" in page(clerk, f"/office/timesheets/{MonthSheet.objects.get(user=here.clerk).token}/")


def test_what_is_asked_for_is_decided_by_the_chief_and_refused_with_words(here: of_work.Section) -> None:
    clerk, chief = cast.signed_in(here.clerk), cast.signed_in(here.chief)
    day = of_work.office_days(of_work.last_month())[0]
    of_work.worked(here.clerk, day)
    sheet, event = MonthSheet.objects.get(), ClockEvent.objects.get(kind="out")
    wanted = {"on": str(day), "event": event.key, "kind": "out", "at": "18:00", "reason": "片付け"}
    clerk.post(f"/office/timesheets/{sheet.token}/correction/", wanted)
    correction = ClockCorrection.objects.get()
    assert "承認する" in page(chief, f"/office/corrections/{correction.token}/")
    chief.post(f"/office/corrections/{correction.token}/approval/")
    assert "訂正の前" in page(clerk, f"/office/timesheets/{sheet.token}/")
    asked = {"on": str(day), "starts": "17:15", "ends": "18:00", "reason": "窓口", "afterwards_reason": ""}
    refused = clerk.post("/office/orders/addition/", asked)
    assert (refused.status_code, "事後になった理由" in refused.content.decode()) == (422, True)
    clerk.post("/office/orders/addition/", asked | {"afterwards_reason": "急な来庁"})
    order = OvertimeOrder.objects.get()
    assert "45時間以下" in page(chief, f"/office/orders/{order.token}/")
    chief.post(f"/office/orders/{order.token}/approval/")
    order.refresh_from_db()
    assert order.status == "ordered"
    leave = {"kind": "annual", "on": str(day + timedelta(days=1)), "begins": "08:30", "hours": "7", "minutes": "45"}
    clerk.post("/office/leave/addition/", leave)
    found = LeaveDay.objects.get()
    chief.post(f"/office/leave/{found.token}/refusal/", {"reason": "当番の日"})
    assert "当番の日" in page(clerk, f"/office/leave/{found.token}/")


def test_another_section_sees_nobodys_month(here: of_work.Section) -> None:
    sheet = of_work.full_month(here.clerk)
    taxes = cast.department("税務課", "2020")
    other = cast.signed_in(cast.staff("別 課長", "other@example.lg.jp", Post.Role.CHIEF, taxes))
    for part in ("", "document/"):
        assert other.get(f"/office/timesheets/{sheet.token}/{part}").status_code == 404
    assert other.get("/office/attendance/").status_code == 403
    administrator = cast.signed_in(cast.staff("管理", "a@example.lg.jp", Post.Role.ADMINISTRATOR))
    assert administrator.get(f"/office/timesheets/{sheet.token}/").status_code == 404


def test_personnel_register_rules_with_their_source_and_take_tables_in() -> None:
    here = of_work.section()
    personnel = cast.signed_in(here.personnel)
    hours = {"title": "通常勤務", "starts": "08:30", "ends": "17:15", "rest_from": "12:00", "rest_until": "13:00"}
    terms = {"valid_from": "2020-04-01", "source": "規則(例)"}
    personnel.post(f"{RULES}pattern/", {**hours, **terms, "week_minutes": "2325", "usual": "on"})
    assert WorkPattern.objects.get().minutes == 465
    again = personnel.post(f"{RULES}pattern/", {**hours, **terms, "week_minutes": "2325", "usual": "on"})
    assert "同じ日に始まる版" in again.content.decode()
    limits = {"basis": "ordinance", "first_month": "4", "month": "45", "year": "360", "special_month": "100"}
    personnel.post(f"{RULES}limit/", {**limits, **terms})
    assert OvertimeLimitRule.objects.get().limits.count() == 3
    night = {"night_from": "22:00", "night_until": "05:00", "rounding_unit": "60", "round_up_from": "30"}
    personnel.post(f"{RULES}premium/", {**night, **terms, "line_minutes": "3600"})
    personnel.post(f"{RULES}leave-kind/", {"code": "annual", "title": "年次有給休暇", "source": "規則(例)"})
    lines = "メールアドレス,職員番号,休暇の種類,残り(分),現在の日\nclerk@example.lg.jp,A1,annual,4650,2026-10-01\n"
    personnel.post(f"{RULES}numbers/", {"table": SimpleUploadedFile("n.csv", lines.encode())})
    assert (StaffNumber.objects.get(user=here.clerk).number, LeaveBalance.objects.get().left_minutes) == ("A1", 4650)
    day = of_work.office_days(of_work.last_month())[0]
    read = f"職員番号,日時,種類\nA1,{day} 08:25,出勤\nA1,{day} 17:20,退勤\n"
    for _ in range(2):
        personnel.post(f"{RULES}reader/", {"table": SimpleUploadedFile("r.csv", read.encode())})
    assert ClockEvent.objects.count() == 2
    wrong = personnel.post(f"{RULES}reader/", {"table": SimpleUploadedFile("r.csv", read.replace("A1", "B9").encode())})
    assert "2行目" in wrong.content.decode()
    assert "1日465分" in page(personnel, RULES)


def test_what_is_left_to_other_systems_can_be_taken_as_a_table(here: of_work.Section) -> None:
    told = cast.signed_in(here.clerk).get("/office/attendance/left-out.csv")
    assert "人事給与システム" in b"".join(told.streaming_content).decode()  # type: ignore[attr-defined] # of a file


def test_what_waits_is_on_the_page_of_today(here: of_work.Section) -> None:
    of_work.full_month(here.clerk)
    clerk = page(cast.signed_in(here.clerk), "/office/")
    assert "確認していない自分の月" in clerk
    OvertimeOrder.request(
        here.clerk, of_work.at(today(), 47), of_work.at(today(), 48), "窓口", on=today(), by=here.clerk
    )
    assert "時間外命令の申請" in page(cast.signed_in(here.chief), "/office/")


def test_the_lists_of_a_chief_ask_the_same_number_of_questions_for_any_number_of_rows(
    here: of_work.Section, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    of_work.full_month(here.clerk)
    chief = cast.signed_in(here.chief)
    for address in ("timesheets/?view=all", "corrections/?view=all", "orders/?view=all", "leave/?view=all"):
        with django_assert_max_num_queries(30):
            assert chief.get(f"/office/{address}").status_code == 200
