"""A clerk takes a round from applications to letters through the pages; directives are seen by their role only."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.admission_applications import MAPPING, application, service
from tests.cast.admissions import Nursery, nursery
from tests.cast.cases import work_off
from tests.cast.portal import service as library_service
from todoke.admissions.models import Directive, Placement, PlacementLetter, SeatPool, SelectionRound
from todoke.admissions.selection.adoption import notify, propose
from todoke.admissions.selection.input_fixation import open_points
from todoke.office.selection.forms.intake import MappingForm

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


def test_letters_of_families_without_an_account_are_printed_with_a_reason(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    notify(of, by=place.clerk)
    clerk = cast.signed_in(place.clerk)
    assert "1通目から2通目" in page(clerk, of)
    for address in ("letters/1/", f"children/A1/letters/{PlacementLetter.objects.first().pk}/"):  # type: ignore[union-attr]
        answer = clerk.post(f"/office/admissions/{of.pk}/{address}", {"phrase": "posting"})
        assert b"".join(answer)[:4] == b"%PDF"
    assert clerk.get(f"/office/admissions/{of.pk}/letters/2/").status_code == 404


def test_an_answer_on_paper_is_entered_and_a_child_kept_waiting_has_none(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    notify(of, by=place.clerk)
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/children/"
    assert "家庭の答えを入れる" in page(clerk, of, "children/A1/")
    assert "家庭の答えを入れる" not in page(clerk, of, "children/B1/")
    clerk.post(f"{at}A1/answer/", {"answer": "declined"})
    assert Placement.objects.get(child__number="A1").get_status_display() == "辞退"


def test_what_was_signed_away_stands_in_words_before_the_chief(place: Nursery, of: SelectionRound) -> None:
    run = place.trial(place.settled(of))
    propose(run, by=place.clerk)
    run.refresh_from_db()
    assert run.proposal is not None
    subjects = [each["対象"] for each in run.proposal.dossier.content["点検で確かめて進めたもの"]]
    assert "あてはまる人数を確かめた基準の行: 育児休業から戻る" in subjects
    assert not [each for each in subjects if "leave" in each or "の児童 " in each]


def test_a_clerk_says_the_mapping_and_sees_what_does_not_fit(place: Nursery) -> None:
    form = service(place)
    of = place.opened(offer=form.offer)
    clerk = cast.signed_in(place.clerk)
    application(form, {"name": "葵", "first": "さくら園"})
    assert "申込書の対応がまだ決まっていません" in page(clerk, of, "applications/")
    given = {f"{each.target}:{each.place}": each.question for each in MAPPING if not each.option}
    clerk.post(f"/office/admissions/{of.pk}/applications/mapping/", given)
    assert "「さくら園」という施設がありません" in page(clerk, of, "applications/")
    clerk.post(f"/office/admissions/{of.pk}/applications/intake/")
    work_off()
    assert of.children.count() == 0


def test_the_early_page_is_for_the_role_and_settles_a_child(place: Nursery) -> None:
    early = place.opened(kind="early")
    place.seats(early, "もも", 1)
    main = place.opened(earlier=early)
    place.child(place.family(main, "A"), "A1", "もも")
    chief, director, at = cast.signed_in(place.chief), cast.signed_in(place.director), f"/office/admissions/{early.pk}/"
    assert cast.signed_in(place.clerk).get(f"{at}early/").status_code == 404
    chief.post(f"{at}early/household/", {"household": "A"})
    chief.post(f"{at}early/A1/decision/", {"facility": place.facilities["もも"].pk, "note": "秘密の事情"})
    seen = page(chief, early, "early/")
    assert "承認待ち" in seen
    assert "秘密の事情" not in seen
    director.post(f"{at}directives/{Directive.objects.get().pk}/approval/")
    assert "承認済み" in page(chief, early, "early/")


def test_the_nursery_form_of_the_library_has_a_question_for_everything_that_a_round_needs(place: Nursery) -> None:
    of = place.opened(offer=library_service("childcare-application").offer)
    fields: dict[str, Any] = MappingForm(of=of).fields
    offered = {name: [value for value, _ in field.choices] for name, field in fields.items()}
    assert "child_name" in offered["child_name:1"]
    assert {"child_birth", "start_on"} < set(offered["child_birth:1"])
    assert "child_name" not in offered["child_birth:1"]
    assert "wish_name" in offered["wish:1"]
    assert {"has_second=yes", "together_rule=same"} <= {*offered["second_guardian:1"], *offered["same_facility:1"]}


def test_recounts_by_hand_come_from_a_table_whole_or_not_at_all(place: Nursery, of: SelectionRound) -> None:
    clerk, at = cast.signed_in(place.clerk), f"/office/admissions/{of.pk}/"
    clerk.post(f"{at}closing/")
    clerk.post(f"{at}scores/")
    wrong = SimpleUploadedFile("手計算.csv", "申込番号,手計算の点数\nA1,40\nZ9,40\n".encode())
    assert "3行目: 申込番号Z9" in clerk.post(f"{at}points/recounts/", {"file": wrong}).content.decode()
    assert not of.recounts.exists()
    right = SimpleUploadedFile("手計算.csv", "申込番号,手計算の点数\nA1,40\nB1,99点\n".encode())
    clerk.post(f"{at}points/recounts/", {"file": right})
    assert set(of.recounts.values_list("child__number", "points")) == {("A1", 40), ("B1", 99)}
