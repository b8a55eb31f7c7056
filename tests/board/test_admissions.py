import pytest
from django.test import Client

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import SelectionRound
from todoke.admissions.selection.adoption import notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    made = place.opened()
    place.seats(made, "もも", 6)
    place.seats(made, "みかん", 5)
    for number in "ABCDEFGHIJKL":
        name = "もも" if number < "G" else "みかん"
        place.child(place.family(made, number, (20, 20) if number != "C" else (20, 16)), f"{number}KX7", name)
    return made


def test_before_the_letters_only_the_hash_of_the_seed_is_public(of: SelectionRound) -> None:
    page = Client().get("/board/public/admissions/").content.decode()
    assert of.seed_hash in page
    assert Client().get(f"/board/public/admissions/{of.pk}/").status_code == 404


def test_after_the_letters_everybody_reads_numbers_seed_rules_and_check(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    notify(of, by=place.clerk)
    page = Client().get(f"/board/public/admissions/{of.pk}/").content.decode()
    assert of.public_seed in page
    assert "月20日以上の就労" in page
    assert "36点" in page
    assert page.count("公表しません") == 0


def test_no_child_and_no_family_stands_on_a_public_page(place: Nursery, of: SelectionRound) -> None:
    place.adopted(of)
    notify(of, by=place.clerk)
    page = Client().get(f"/board/public/admissions/{of.pk}/").content.decode()
    assert not [word for word in ("KX7", "の児童", "の保護者") if word in page]
