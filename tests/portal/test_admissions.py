"""What a family sees of its own child on a phone; no datum of another child is on any of its pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast.admissions import Nursery, nursery
from todoke.accounts.models import User
from todoke.admissions.models import ApplicantChild, PlacementLetter, SelectionRound
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.scores import compute_scores

pytestmark = pytest.mark.django_db
CANARIES = [f"{number}{word}" for number in "BCD" for word in ("の保護者", "KX7", "KX7の児童")]


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def father() -> User:
    return cast.resident()


@pytest.fixture
def of(place: Nursery, father: User) -> SelectionRound:
    """One seat at もも, and a father whose child has the fewest points of four."""
    made = place.opened(deadline=timezone.now() + timedelta(days=3))
    place.seats(made, "もも", 3)
    place.seats(made, "みかん", 1)
    for number, days in (("B", (20, 20)), ("C", (20, 16)), ("D", (16, 16)), ("A", (12, 12))):
        home = place.family(made, number, days, applicant=father if number == "A" else None)
        place.child(home, f"{number}KX7", "もも", *(["みかん"] if number == "D" else []))
    compute_scores(made, by=place.clerk)
    return made


def own(of: SelectionRound) -> ApplicantChild:
    return ApplicantChild.objects.get(round=of, number="AKX7")


def seen(person: User, child: ApplicantChild, language: str = "ja", part: str = "") -> str:
    client = cast.signed_in(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(f"/admissions/{child.pk}/{part}").content.decode()


def told(of: SelectionRound, place: Nursery) -> None:
    SelectionRound.objects.filter(pk=of.pk).update(deadline=timezone.now())
    of.refresh_from_db()
    place.adopted(of)
    notify(of, by=place.clerk)


def test_a_father_reads_his_childs_points_line_by_line_before_the_deadline(of: SelectionRound, father: User) -> None:
    page = seen(father, own(of))
    assert "24点" in page
    assert page.count("月12日以上の就労") == 2


def test_he_changes_his_wishes_until_the_deadline_and_keeps_what_was_refused(
    place: Nursery, of: SelectionRound, father: User
) -> None:
    child, client = own(of), cast.signed_in(father)
    first, second = place.facilities["みかん"].pk, place.facilities["もも"].pk
    answer = client.post(f"/admissions/{child.pk}/wishes/", {"wish_1": first, "wish_2": first})
    assert answer.status_code == 422
    assert "同じ施設を二度選んでいます" in answer.content.decode()
    client.post(f"/admissions/{child.pk}/wishes/", {"wish_1": first, "wish_3": second})
    assert [each.facility_id for each in child.preferences.all()] == [first, second]
    SelectionRound.objects.filter(pk=of.pk).update(deadline=timezone.now())
    late = client.post(f"/admissions/{child.pk}/wishes/", {"wish_1": second})
    assert "締切を過ぎた" in late.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "お子さんの点数は24点です。決まったお子さんの中で一番低い点数は32点でした。"),
        ("en", "Your child has 24 points. The lowest points of the children placed there were 32."),
    ],
)
def test_he_reads_the_reason_and_whom_to_ask_once_the_letters_went_out(
    place: Nursery, of: SelectionRound, father: User, language: str, said: str
) -> None:
    assert said not in seen(father, own(of), language)
    told(of, place)
    page = seen(father, own(of), language)
    assert said in page
    assert "保育課" in page


def test_easy_japanese_says_the_reason_too(place: Nursery, of: SelectionRound, father: User) -> None:
    told(of, place)
    assert "あなたの" in seen(father, own(of), "ja-easy")


def test_no_page_of_a_family_holds_a_datum_of_another_child(place: Nursery, of: SelectionRound, father: User) -> None:
    told(of, place)
    letter = PlacementLetter.objects.get(placement__child=own(of))
    pages = [seen(father, own(of), language) for language in ("ja", "en", "ja-easy")]
    pages += [cast.signed_in(father).get("/admissions/").content.decode(), str(letter.content)]
    for page in pages:
        assert not [canary for canary in CANARIES if canary in page]


def test_another_family_and_a_visitor_find_nothing(place: Nursery, of: SelectionRound) -> None:
    told(of, place)
    child, letter = own(of), PlacementLetter.objects.get(placement__child=own(of))
    mother = cast.signed_in(cast.resident("別人", "other@example.jp"))
    for path in (f"/admissions/{child.pk}/", f"/admissions/{child.pk}/letters/{letter.pk}/"):
        assert mother.get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_he_opens_his_letter_as_a_pdf(place: Nursery, of: SelectionRound, father: User) -> None:
    told(of, place)
    letter = PlacementLetter.objects.get(placement__child=own(of))
    answer: Any = cast.signed_in(father).get(f"/admissions/{own(of).pk}/letters/{letter.pk}/")
    assert answer.content[:4] == b"%PDF"
    letter.refresh_from_db()
    assert letter.opened_at is not None


def test_a_family_accepts_its_offer(place: Nursery, of: SelectionRound) -> None:
    mother = cast.resident("母", "mother@example.jp")
    of.households.filter(number="B").update(applicant=mother)
    told(of, place)
    child = of.children.get(number="BKX7")
    cast.signed_in(mother).post(f"/admissions/{child.pk}/answer/", {"answer": "accepted"})
    assert child.placement.status == "accepted"
