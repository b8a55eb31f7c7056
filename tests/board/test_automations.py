"""The pages of the automations: applied for, measured, run, stopped, and the vacant ones first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import automations as of_automations
from tests.cast.procedures import procedure
from todoke.japanese.calendar import today
from todoke.organization.models import Tenure
from todoke.procedures.models import Procedure
from todoke.systems.models import Automation, AutomationRun

pytestmark = pytest.mark.django_db
HERE = "/board/automations/transfer-list/"


def test_from_the_application_to_the_first_run() -> None:
    owner, deputy, chief = of_automations.crew()
    number = procedure("転入届").number
    mine, boss = cast.signed_in(owner), cast.signed_in(chief)
    posts = {"owner": owner.tenures.all()[0].post.pk, "deputy": deputy.tenures.all()[0].post.pk}
    terms = {
        "code": "transfer-list", "title": "転入一覧の転記", "kind": "rpa", "data_class": "internal", "zone": "lgwan",
        "fallback": "手で入力する", "reads_file": "on", "unit": "明細1行", "cycle": "none", "weekday": "0",
        "day_of_month": "1", "due_time": "09:00", "grace_minutes": "60", **posts,
    }  # fmt: skip
    refused = mine.post("/board/automations/registration/", {**terms, "kind": "generative"})
    assert (refused.status_code, "機密性2以上を扱うには" in refused.content.decode()) == (422, True)
    assert number not in mine.get("/board/automations/registration/").content.decode()
    unknown = mine.post("/board/automations/registration/", {**terms, "procedure": "P-999999"})
    assert (unknown.status_code, "この番号の手続は台帳にありません" in unknown.content.decode()) == (422, True)
    mine.post("/board/automations/registration/", {**terms, "procedure": number})
    assert Automation.objects.get().procedure == Procedure.objects.get(number=number)
    assert "未測定" in mine.get(HERE).content.decode()
    table = SimpleUploadedFile("a.csv", "世帯番号,世帯主,金額\n1,山田,5\n".encode())
    mine.post(f"{HERE}shape/", {"table": table})
    mine.post(f"{HERE}shapes/1/approval/")
    measured = {"observed": "40", "median_minutes": "6", "measured_on": str(today()), "method": "1件ごと"}
    mine.post(f"{HERE}baseline/", measured)
    mine.post(f"{HERE}review/", {"finding": "試行を始める", "review_on": str(today())})
    assert mine.post(f"{HERE}trial/").status_code == 302
    assert Automation.objects.get().status == "applied"
    boss.post(f"{HERE}trial/")
    boss.post(f"{HERE}start/")
    assert Automation.objects.get().status == "running"
    run = {"started_at": "2026-05-01T09:00", "ended_at": "2026-05-01T10:00", "outcome": "done"}
    mine.post(f"{HERE}run/", {**run, "units": "500", "exceptions": "0", "human_minutes": "200"})
    page = mine.get(HERE).content.decode()
    assert "<strong>2,800分</strong>" in page
    assert "山田" not in page
    assert AutomationRun.objects.get().units == 500


def test_another_section_reads_but_does_not_act() -> None:
    of_automations.running()
    other = cast.signed_in(cast.staff("別", "x@example.lg.jp", section=cast.department("税務課", "2020")))
    assert other.get(HERE).status_code == 200
    assert other.post(f"{HERE}stop/", {"reason": "x"}).status_code == 403
    assert other.post(f"{HERE}upkeep/", {"day": str(today()), "minutes": "5", "what": "x"}).status_code == 403
    assert Automation.objects.get().status == "running"
    headquarters = cast.signed_in(cast.headquarters())
    headquarters.post(f"{HERE}stop/", {"reason": "見直しのため"})
    assert "見直しのため" in headquarters.get(HERE).content.decode()


def test_a_vacant_one_stands_first_whatever_its_name(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = of_automations.crew()
    for code, title in (("a", "あ"), ("b", "い")):
        of_automations.applied(people[0], people[1], code=code, title=title)
    away = of_automations.crew_elsewhere()
    of_automations.applied(away, away, code="z", title="ん")
    reader = cast.signed_in(cast.headquarters())
    Tenure.objects.filter(user=away).update(ends_on=today().replace(year=today().year - 1))
    with CaptureQueriesContext(connection) as few:
        page = reader.get("/board/automations/").content.decode()
    assert page.index(">ん<") < page.index(">あ<")
    assert page.count("担当が空席</span>") == 1
    for number in range(20):
        of_automations.applied(people[0], people[1], code=f"n{number}", title=f"追加{number}")
    with django_assert_num_queries(len(few)):
        reader.get("/board/automations/")
    sheet = reader.get("/board/automations/?export=csv").getvalue().decode()
    assert sheet.splitlines()[1].count("空席") == 1


def test_what_stopped_waits_for_its_owner_and_what_nobody_answers_for_for_headquarters() -> None:
    people = of_automations.crew()
    made = of_automations.running(people=people)
    made.stop("点検", by=people[0])
    assert "止まった自動化" in cast.signed_in(people[0]).get("/office/").content.decode()
    Tenure.objects.filter(post=made.owner).update(ends_on=today().replace(year=today().year - 1))
    page = cast.signed_in(cast.headquarters()).get("/office/").content.decode()
    assert "担当が空席の自動化" in page
    assert "止まった自動化" not in page
