"""A clerk takes a round from applications to letters through the pages; directives are seen by their role only."""

import pytest
from django.test import Client

from tests import cast
from tests.cast.admissions import Nursery, nursery
from tests.cast.cases import work_off
from todoke.admissions.models import Directive, Placement, SeatPool, SelectionRound
from todoke.admissions.selection.input_fixation import open_points

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    made = place.opened()
    place.seats(made, "もも", 1)
    for number, days in (("A", (20, 20)), ("B", (12, 12))):
        place.child(place.family(made, number, days), f"{number}1", "もも")
    return made


def page(client: Client, of: SelectionRound, part: str = "") -> str:
    return client.get(f"/office/admissions/{of.pk}/{part}").content.decode()


def test_a_clerk_takes_a_round_to_the_letters(place: Nursery, of: SelectionRound) -> None:
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/"
    clerk.post(f"{at}closing/")
    clerk.post(f"{at}scores/")
    assert "指摘を片づける" in page(clerk, of)
    for point in open_points(of)[0]:
        clerk.post(f"{at}points/signature/", {"kind": point.kind, "key": point.key, "reason": "確かめた"})
    assert "指摘はありません" in page(clerk, of, "points/")
    clerk.post(f"{at}fixation/")
    clerk.post(f"{at}runs/request/")
    work_off()
    assert "規則に反する配置" in page(clerk, of, "runs/1/")
    clerk.post(f"{at}runs/1/proposal/")
    run = of.runs.get()
    assert run.proposal is not None
    run.proposal.approve(by=place.chief)
    assert "家庭に通知する" in page(clerk, of)
    clerk.post(f"{at}notification/")
    of.refresh_from_db()
    assert of.get_status_display() == "通知済み"
    assert Placement.objects.get(child__number="B1").facility is None
    assert "席がいっぱい" in page(clerk, of, "children/B1/")


def test_a_pool_whose_reports_differ_shows_both_numbers(place: Nursery, of: SelectionRound) -> None:
    pool = SeatPool.objects.get()
    clerk = cast.signed_in(place.clerk)
    clerk.post(
        f"/office/admissions/{of.pk}/seats/{pool.pk}/report/", {"side": "facility", "seats": 9, "source": "電話"}
    )
    assert "未確認" in page(clerk, of, "seats/")
    assert "まだ一致していません" in page(clerk, of, f"seats/{pool.pk}/")


def test_an_answer_is_corrected_with_evidence_and_the_points_follow(place: Nursery, of: SelectionRound) -> None:
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/"
    given = {"place": "work_days/1", "value": "16", "evidence": "就労証明書", "reason": "日数が違った"}
    clerk.post(f"{at}children/A1/fact/", given)
    clerk.post(f"{at}closing/")
    clerk.post(f"{at}scores/")
    found = page(clerk, of, "children/A1/")
    assert "点数: 36点" in found
    assert "日数が違った" in found


def test_directives_are_seen_by_their_role_only(place: Nursery, of: SelectionRound) -> None:
    chief, clerk = cast.signed_in(place.chief), cast.signed_in(place.clerk)
    chief.post(
        f"/office/admissions/{of.pk}/directives/registration/",
        {"number": "A1", "kind": "pin", "facility": place.facilities["もも"].pk, "reason": "care", "text": "秘密"},
    )
    pin = Directive.objects.get()
    assert "指定" in page(chief, of, "directives/")
    assert "秘密" not in page(chief, of, "directives/")
    assert "秘密" in page(chief, of, f"directives/{pin.pk}/")
    for part in ("directives/", f"directives/{pin.pk}/"):
        assert clerk.get(f"/office/admissions/{of.pk}/{part}").status_code == 404
    assert f"/office/admissions/{of.pk}/directives/" not in page(clerk, of)


def test_another_department_finds_no_round(of: SelectionRound) -> None:
    stranger = cast.signed_in(cast.clerk())
    assert stranger.get(f"/office/admissions/{of.pk}/").status_code == 404
    assert of.title not in stranger.get("/office/admissions/").content.decode()


def test_a_change_of_wishes_on_paper_is_entered_and_a_facility_twice_is_refused(
    place: Nursery, of: SelectionRound
) -> None:
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/children/A1/wishes/"
    first, second = place.facilities["みかん"].pk, place.facilities["もも"].pk
    clerk.post(at, {"wish_1": first, "wish_3": second})
    refused = clerk.post(at, {"wish_1": first, "wish_2": first})
    assert "同じ施設を二度選んでいます" in refused.content.decode()
    wished = of.children.get(number="A1").preferences.values_list("facility", flat=True)
    assert list(wished) == [first, second]


def test_a_clerk_enters_a_pool_a_household_and_a_child(place: Nursery, of: SelectionRound) -> None:
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/"
    clerk.post(f"{at}pools/", {"facility": place.facilities["みかん"].pk, "classes": ["2"], "places": 9, "staying": 3})
    clerk.post(f"{at}households/", {"number": "Z", "name": "新しい 世帯", "guardians": "2"})
    child = {"household": of.households.get(number="Z").pk, "number": "Z1", "name": "新しい 子", "age_class": "2"}
    clerk.post(f"{at}applicants/", child | {"born_on": "2023-05-01", "wish_1": place.facilities["みかん"].pk})
    assert SeatPool.objects.filter(facility=place.facilities["みかん"]).exists()
    clerk.post(f"{at}children/Z1/withdrawal/", {"withdrawal": "電話で申し出があった"})
    assert of.children.get(number="Z1").withdrawal == "電話で申し出があった"
