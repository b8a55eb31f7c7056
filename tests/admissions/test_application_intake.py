"""Applications of an online service become the children of a round; what does not fit is listed and stays."""

import pytest

from tests import cast
from tests.cast.admission_applications import application, mapped, service
from tests.cast.admissions import Nursery, nursery
from todoke.admissions.intake.application_intake import applications_waiting, read_waiting, take_in_all
from todoke.admissions.models import SelectionRound
from todoke.admissions.selection.input_fixation import open_points
from todoke.admissions.selection.scores import compute_scores
from todoke.formbuilder.models import Answer
from todoke.offers.models import Release
from todoke.runtime.refusals import NotAllowed, NotYet

pytestmark = pytest.mark.django_db
TWO = (
    {"name": "葵", "first": "もも保育園", "second": "みかん 保育園", "leave": "yes"},
    {"name": "蓮", "birth": "2025-05-02"},
)


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def form(place: Nursery) -> Release:
    return service(place)


@pytest.fixture
def of(place: Nursery, form: Release) -> SelectionRound:
    made = place.opened(offer=form.offer)
    mapped(place, made)
    return made


def test_an_application_becomes_a_household_with_its_children_wishes_and_facts(
    place: Nursery, form: Release, of: SelectionRound
) -> None:
    case = application(form, *TWO, days_two="16")
    assert take_in_all(of, by=place.clerk) == 1
    first, second = of.children.order_by("number")
    assert (first.number, first.name, first.age_class, second.age_class) == (f"{case.number}-1", "山田 葵", 1, 0)
    assert [each.facility.name for each in first.preferences.all()] == ["もも保育園", "みかん保育園"]
    home = first.household
    assert (home.name, home.guardians, second.household) == ("山田 太郎", 2, home)
    facts = {(each.key, each.guardian, each.value) for each in home.facts.filter(child=None)}
    assert facts == {("work_days", 1, "20"), ("work_days", 2, "16")}
    compute_scores(of, by=place.clerk)
    assert [child.score.total for child in of.children.order_by("number").select_related("score")] == [38, 36]


def test_what_does_not_fit_is_listed_with_its_reason_and_the_others_are_taken(
    place: Nursery, form: Release, of: SelectionRound
) -> None:
    application(form, {"name": "葵"})
    odd = application(form, {"name": "蓮", "first": "さくら園", "birth": "2010-01-01"})
    assert take_in_all(of, by=place.clerk) == 1
    (left,) = read_waiting(of, 10)
    assert left.case == odd
    assert left.faults == [
        "1人目の児童の生年月日から求めたクラスが、この制度にありません",
        "1人目の児童の第1希望「さくら園」という施設がありません",
    ]
    assert {point.key for point in open_points(of)[0] if point.kind == "application_missing"} == {odd.number}


def test_taking_in_twice_adds_nobody(place: Nursery, form: Release, of: SelectionRound) -> None:
    application(form, {"name": "葵"})
    assert take_in_all(of, by=place.clerk) == 1
    assert take_in_all(of, by=place.clerk) == 0
    assert (of.children.count(), applications_waiting(of).count()) == (1, 0)


def test_two_applications_of_one_account_are_one_household(place: Nursery, form: Release, of: SelectionRound) -> None:
    father = cast.resident()
    for name in ("葵", "蓮"):
        application(form, {"name": name}, by=father)
    take_in_all(of, by=place.clerk)
    assert (of.households.count(), of.children.count()) == (1, 2)
    assert of.households.get().applicant == father


def test_an_answer_corrected_after_the_intake_is_asked_about(place: Nursery, form: Release, of: SelectionRound) -> None:
    case = application(form, {"name": "葵"})
    take_in_all(of, by=place.clerk)
    assert not [point for point in open_points(of)[0] if point.kind == "answers_changed"]
    Answer.objects.filter(submission=case.submission, question="first").update(value="みかん保育園", normal="")
    (point,) = [point for point in open_points(of)[0] if point.kind == "answers_changed"]
    assert "取り込んだあとで変わりました" in point.said


def test_nothing_is_taken_before_the_mapping_is_said_or_by_a_stranger(place: Nursery, form: Release) -> None:
    of = place.opened(offer=form.offer, number=2)
    application(form, {"name": "葵"})
    with pytest.raises(NotYet, match="児童の氏名、児童の生年月日、希望する施設"):
        take_in_all(of, by=place.clerk)
    with pytest.raises(NotAllowed):
        take_in_all(of, by=cast.clerk())
