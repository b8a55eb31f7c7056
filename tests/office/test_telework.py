"""The pages of telework, courses and help sessions: each act by whom it belongs to, refusals beside what was typed."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.cast import workforce as of_work
from tests.cast.procedures import procedure
from todoke.japanese.calendar import today
from todoke.workforce.models import (
    DigitalHelper,
    HelpRecord,
    HelpSession,
    SectionTask,
    StaffCourseSession,
    StaffEnrolment,
    TeleworkDay,
    TeleworkRule,
)

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def moment(days: int, hour: int) -> str:
    return f"{today() + timedelta(days=days)}T{hour:02}:00"


def test_a_day_is_planned_approved_and_done_and_a_refusal_keeps_what_was_typed() -> None:
    clerk, chief = cast.signed_in(cast.clerk()), cast.signed_in(cast.chief())
    wanted = {"on": str(today()), "halves": "2", "tasks": "会議資料"}
    refused = clerk.post("/office/telework/addition/", wanted)
    assert (refused.status_code, 'value="会議資料"' in refused.content.decode()) == (422, True)
    TeleworkRule.establish(
        by=cast.headquarters(), valid_from=of_work.LONG_AGO, weekly_halves=4, on_site=0, source="要領(例)"
    )
    clerk.post("/office/telework/addition/", wanted)
    day = TeleworkDay.objects.get()
    address = f"/office/telework/days/{day.token}/"
    assert "会議資料" in page(chief, "/office/telework/?view=waiting")
    chief.post(f"{address}approval/")
    clerk.post(f"{address}completion/")
    day.refresh_from_db()
    assert day.status == "done"
    other = cast.signed_in(cast.staff("別課", "o@example.lg.jp", section=cast.department("税務課", "2020")))
    assert other.get(address).status_code == 404


def test_a_section_describes_its_work_and_sees_what_barriers_cost() -> None:
    clerk = cast.signed_in(cast.clerk())
    known = procedure("転入届", department=cast.department())
    terms = {"department": "1010", "name": "転入の受付", "minutes": "1000", "source": "実測", "procedure": known.number}
    clerk.post("/office/telework/tasks/addition/", terms)
    task = SectionTask.objects.get()
    clerk.post(f"/office/telework/tasks/{task.token}/barrier/", {"kind": "paper", "minutes": "400", "remedy": "電子"})
    shown = page(clerk, "/office/telework/suitability/")
    assert "600分(60.0%)" in shown
    assert "紙で400分。なくなると、適性は100.0%になります" in shown
    again = clerk.post("/office/telework/tasks/addition/", terms)
    assert (again.status_code, "同じ名前の業務" in again.content.decode()) == (422, True)
    too_much = clerk.post(f"/office/telework/tasks/{task.token}/barrier/", {"kind": "phone", "minutes": "601"})
    assert "超えます" in too_much.content.decode()


def test_a_seat_in_a_course_and_who_came() -> None:
    keeper, clerk = cast.signed_in(cast.headquarters()), cast.signed_in(cast.clerk())
    keeper.post("/office/courses/registration/", {"code": "basics", "title": "業務改善", "purpose": "書き出す"})
    times = {"starts_at": moment(5, 10), "ends_at": moment(5, 12), "closes_at": moment(4, 17)}
    keeper.post("/office/courses/announcement/", {"course": "basics", "place": "研修室", "capacity": "1", **times})
    found = StaffCourseSession.objects.get()
    address = f"/office/courses/{found.token}/"
    clerk.post(f"{address}application/")
    seat = StaffEnrolment.objects.get()
    assert clerk.post(f"{address}seats/{seat.token}/attendance/", {"status": "attended"}).status_code == 403
    keeper.post(f"{address}seats/{seat.token}/attendance/", {"status": "attended"})
    assert "申込み1人のうち1人" in page(keeper, address)
    assert "満席" in cast.signed_in(cast.chief()).post(f"{address}application/", follow=True).content.decode()


def test_help_is_recorded_without_a_name_and_the_top_procedure_leads_to_its_page() -> None:
    clerk = cast.signed_in(cast.clerk())
    known = procedure("転入届")
    times, seats = {"starts_at": moment(0, 10), "ends_at": moment(0, 12)}, {"seats": "0", "minutes": "20"}
    clerk.post(
        "/office/help-sessions/opening/", {"department": "1010", "title": "相談", "place": "図書館", **seats, **times}
    )
    found = HelpSession.objects.get()
    given = {"topic": "procedure", "number": known.number, "minutes": "15", "solved": "on"}
    clerk.post(f"/office/help-sessions/{found.token}/record/", given)
    wrong = clerk.post(f"/office/help-sessions/{found.token}/record/", {**given, "number": "nothing"})
    assert (wrong.status_code, HelpRecord.objects.count()) == (422, 1)
    assert f'href="/office/procedures/{known.number}/"' in page(clerk, "/office/help-sessions/")


def test_volunteers_are_seen_by_the_help_desk_only_and_never_beside_members_of_staff() -> None:
    clerk = cast.signed_in(cast.clerk())
    clerk.post("/office/help-sessions/helpers/registration/", {"name": "協力 花子", "appointed_on": str(today())})
    assert DigitalHelper.objects.count() == 1
    shown = page(clerk, "/office/help-sessions/helpers/")
    assert ("協力 花子" in shown, "デジタル化推進委員(職員)" in shown) == (True, False)
    auditor = cast.signed_in(cast.staff("監査", "a@example.lg.jp", "auditor"))
    assert "協力 花子" not in page(auditor, "/office/help-sessions/helpers/")
