"""Headquarters see sections without a member first, and what came of a trial; rows of people only who keeps them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.workforce.models import DutyHandover, PromotionMember, TeleworkComment, TeleworkDay, TeleworkTrial

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_section_without_a_member_heads_the_list_until_its_chief_nominates_one() -> None:
    headquarters, chief = cast.signed_in(cast.headquarters()), cast.signed_in(cast.chief())
    clerk, other = cast.clerk(), cast.staff("別課", "o@example.lg.jp", section=cast.department("税務課", "2020"))
    headquarters.post("/board/members/2020/nomination/", {"person": other.email, "hours": "4"})
    shown = page(headquarters, "/board/members/")
    order = re.findall(r'href="/board/members/(\d+)/"', shown)
    assert order.index("1010") < order.index("2020")
    assert "空席" in shown
    assert chief.post("/board/members/2020/nomination/", {"person": other.email, "hours": "4"}).status_code == 403
    chief.post("/board/members/1010/nomination/", {"person": clerk.email, "hours": "4"})
    assert PromotionMember.objects.in_force().count() == 2
    again = chief.post("/board/members/1010/nomination/", {"person": clerk.email, "hours": "4"})
    assert (again.status_code, "この年度の委員です" in again.content.decode()) == (422, True)
    assert "デジタル推進委員(国・協力者)" not in page(chief, "/board/members/1010/")


def test_what_is_open_is_handed_over_on_the_page_of_the_section() -> None:
    chief, clerk, following = cast.chief(), cast.clerk(), cast.staff("次の人", "n@example.lg.jp")
    for person in (clerk, following):
        cast.signed_in(chief).post("/board/members/1010/nomination/", {"person": person.email, "hours": "4"})
    member = PromotionMember.objects.get(user=clerk)
    address = f"/board/members/1010/{member.token}/handover/"
    cast.signed_in(clerk).post(address, {"open_points": "端末の入替え"})
    found = DutyHandover.objects.get()
    cast.signed_in(following).post(f"/board/members/1010/handovers/{found.token}/acceptance/")
    found.refresh_from_db()
    assert found.accepted_by == following
    assert "端末の入替え" in page(cast.signed_in(chief), "/board/members/1010/")


def test_a_trial_shows_its_share_to_all_staff_and_its_rows_to_who_keeps_it() -> None:
    headquarters, clerk = cast.signed_in(cast.headquarters()), cast.clerk()
    days = {"starts_on": str(today()), "ends_on": str(today() + timedelta(days=30))}
    terms = {"code": "trial", "title": "実証", "offered_instead": "時差出勤", **days}
    headquarters.post("/board/telework/beginning/", terms)
    rule = {"valid_from": "2020-04-01", "weekly_halves": "4", "on_site": "0", "newcomer_months": "0", "source": "要領"}
    headquarters.post("/board/telework/rule/", rule)
    for email in (clerk.email, cast.chief().email):
        headquarters.post("/board/telework/trial/membership/", {"person": email, "on": str(today())})
    TeleworkDay.objects.create(user=clerk, department=cast.department(), on=today(), tasks="資料", status="done")
    shown = page(headquarters, "/board/telework/trial/")
    assert ("1課2人のうち1人" in re.sub(r"\s+", "", shown), "佐藤 係員" in shown) == (True, True)
    seen = page(cast.signed_in(clerk), "/board/telework/trial/")
    assert ("50.0" in seen, "鈴木 課長" in seen) == (True, False)
    cast.signed_in(clerk).post("/board/telework/trial/comment/", {"kind": "unfair", "text": "窓口は使えない"})
    assert TeleworkComment.objects.get().kind == "unfair"
    auditor = cast.signed_in(cast.staff("監査", "a@example.lg.jp", Post.Role.AUDITOR))
    assert auditor.post("/board/telework/beginning/", {**terms, "code": "other"}).status_code == 403
    assert TeleworkTrial.objects.count() == 1
