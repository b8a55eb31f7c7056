"""An address lies where the list says, as uncertain as the list is; what is not listed is said not to be."""

import math

import pytest

from tests.cast.places import addresses
from todoke.accounts.actors import System
from todoke.demo.places import address_list
from todoke.places.address_search import BLOCK_M, CHOSEN_M, FoundPlace, Located, NotFound, locate
from todoke.places.models import AddressPoint
from todoke.runtime.refusals import Unreadable

pytestmark = pytest.mark.django_db
ROWS = "本町2-16-32,34.8669,138.3232\n本町2-16-20,34.8671,138.3230\n石脇82,34.8893,138.3222\n"


def found(typed: str) -> FoundPlace:
    place = locate(typed)
    assert isinstance(place, FoundPlace), place
    return place


def test_a_listed_address_lies_where_the_list_says() -> None:
    addresses(ROWS)
    place = found("静岡県焼津市本町二丁目16番32号")
    assert (place.latitude, place.longitude, place.accuracy_m) == (34.8669, 138.3232, 50.0)
    assert (place.located, place.address) == (Located.LISTED, "本町2-16-32")


def test_an_unlisted_number_lies_where_its_neighbours_lie_less_certainly() -> None:
    addresses(ROWS)
    place = found("本町2-16-5")
    assert (place.located, place.accuracy_m) == (Located.NEIGHBOURS, BLOCK_M)
    assert place.latitude == pytest.approx(34.8670)


def test_one_address_at_two_places_is_as_uncertain_as_they_lie_apart() -> None:
    addresses("本町2-16-32,34.8669,138.3232\n本町2丁目16番32号,34.8676,138.3232\n")
    place = found("本町2-16-32")
    assert place.accuracy_m == math.ceil(0.00035 * 111_000 + 50)
    addresses("西島538,34.7959,138.2664\n西島538,34.7973,138.2626\n")
    assert locate("西島538") == NotFound.APART


@pytest.mark.parametrize("typed", ["34.8669, 138.3232", "３４．８６６９、１３８．３２３２", " 34.8669 138.3232 "])
def test_a_point_from_a_map_is_taken_as_it_is(typed: str) -> None:
    place = found(typed)
    assert (place.latitude, place.longitude, place.accuracy_m) == (34.8669, 138.3232, CHOSEN_M)
    assert (place.located, place.source) == (Located.CHOSEN, None)


def test_what_is_not_found_is_said_with_its_reason() -> None:
    assert locate("本町2-16-32") == NotFound.NO_LIST
    addresses(ROWS)
    expected = {
        "静岡市葵区追手町5-1": NotFound.TOWN, "本町": NotFound.NO_NUMBER, "石脇900": NotFound.NUMBER,
        "本町7-1-1": NotFound.NUMBER, "x": NotFound.TOWN, "2-16-32": NotFound.TOWN,
    }  # fmt: skip
    assert {typed: locate(typed) for typed in expected} == expected


def test_of_the_real_list_nearly_every_address_is_found_where_it_was_listed() -> None:
    known = addresses()
    points = list(AddressPoint.objects.all())
    assert len(points) == 2_099
    answers = [(each, locate(each.address)) for each in points[::7]]
    near = [place for _, place in answers if isinstance(place, FoundPlace)]
    assert len(near) > 0.9 * len(answers)
    assert {place for _, place in answers if not isinstance(place, FoundPlace)} == {NotFound.APART}
    for point, place in answers:
        if isinstance(place, FoundPlace):
            north = (point.latitude - place.latitude) * 110_950
            east = (point.longitude - place.longitude) * 91_400
            assert math.hypot(north, east) < place.accuracy_m
    assert known.source == "焼津市オープンデータ(見本)"


@pytest.mark.parametrize("table", ["", "a,b,c\n", "住所,緯度,経度\n本町1,北,東\n", "住所,緯度,経度\n花沢,34.9,138.3\n"])
def test_a_list_that_cannot_be_read_is_refused_and_nothing_is_kept(table: str) -> None:
    with pytest.raises(Unreadable):
        address_list().take_in(table, by=System())
    assert not AddressPoint.objects.exists()
