"""What concerns a place is told with all that drawing and place leave open, in every language."""

import random

import pytest
from django.utils import translation

from tests.cast.places import addresses, drawn
from todoke.guidance.town_plan import RoadFinding, band_words, check_place, is_ready
from todoke.places.address_search import FoundPlace, Located, locate
from todoke.places.map_position import Band, DrawnArea, MapIndex
from todoke.places.models import MapFeature
from todoke.places.plane_coordinates import to_plane

pytestmark = pytest.mark.django_db


def place(latitude: float, longitude: float, accuracy_m: float = 5.0) -> FoundPlace:
    return FoundPlace(latitude, longitude, accuracy_m, Located.CHOSEN, "", None)


def located(typed: str) -> FoundPlace:
    found = locate(typed)
    assert isinstance(found, FoundPlace)
    return found


def test_an_address_within_the_tolerance_is_told_both_zones_and_a_point_one() -> None:
    drawn("zones"), drawn("roads"), addresses()
    near = check_place(located("焼津市本町2-16-32"))
    assert len({each.name for each in near.answer.zones}) > 1
    assert "どちらか" in near.answer.zone_words
    exact = check_place(place(34.8669, 138.3232))
    assert exact.answer.zone_words == "用途地域は商業地域です。"
    assert [each.layer.code for each in exact.drawings] == ["zones", "roads"]


def test_of_two_hundred_places_the_database_tells_what_the_whole_drawing_tells() -> None:
    """The boxes in the database leave nothing out."""
    version, dice = drawn("roads"), random.Random(54)
    rows = MapFeature.objects.filter(version=version)
    whole = MapIndex(DrawnArea.of(each.number, "", {}, each.geometry) for each in rows)
    told = 0
    for _ in range(200):
        where = place(dice.uniform(34.80, 34.89), dice.uniform(138.26, 138.34))
        found = {each.number for each in check_place(where).answer.roads}
        x, y = to_plane(where.latitude, where.longitude, 8)
        assert found == {each.number for each in whole.near(x, y, 50.0)}
        told += bool(found)
    assert 30 < told < 170


def test_the_queries_are_four_however_large_the_drawing_is(django_assert_num_queries: object) -> None:
    drawn("zones"), drawn("roads")
    with django_assert_num_queries(4):  # type: ignore[operator] # a fixture without types
        check_place(place(34.8669, 138.3232))


def test_without_a_drawing_nothing_is_told_and_a_drawing_without_a_plane_is_none() -> None:
    assert not is_ready()
    checked = check_place(place(34.8669, 138.3232))
    assert (checked.drawings, checked.answer.roads) == ([], [])
    drawn("zones")
    assert is_ready()


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "境に近いため、"), ("ja-easy", "境の 近くなので、"), ("en", "Near a border: it is one of ")],
)
def test_the_answer_speaks_the_language_of_the_page(language: str, words: str) -> None:
    drawn("zones"), addresses()
    checked = check_place(located("焼津市本町2-16-32"))
    with translation.override(language):
        assert checked.answer.zone_words.startswith(words)


@pytest.mark.parametrize(
    ("band", "closed", "words"),
    [
        (Band(-3.7, -2.3), True, "計画道路にかかります(境からおよそ2.3〜3.7m内側)。"),
        (Band(2.3, 3.7), True, "計画道路にはかかりません(境からおよそ2.3〜3.7m外側)。"),
        (Band(-0.5, 4.5), True, "計画道路にかかるかどうか、この図面では分かりません(境から4.5m以内)。"),
        (Band(0.0, 193.2), False, "計画の線までおよそ0〜193m。線が閉じていないので、内側かどうかは分かりません。"),
        (Band(2.3, 3.7), False, "計画の線までおよそ2.3〜3.7m。線が閉じていないので、内側かどうかは分かりません。"),
    ],
)
def test_a_road_is_never_told_more_certainly_than_the_drawing(band: Band, closed: bool, words: str) -> None:
    assert RoadFinding("1-1", band, closed).in_words == words
    assert band_words(band) in words or not closed
