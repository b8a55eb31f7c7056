"""Address search 住所の位置さがし: where an address lies, and how far off that may be."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from todoke.japanese.addresses import AddressKey, address_key
from todoke.places.models import AddressList, AddressPoint

BLOCK_M = 100.0
"""How far a plot lies from its neighbours in the block: 93 m for nine of ten pairs of the shipped list."""
CHOSEN_M = 5.0
"""How far off a point is that somebody chose on a map."""
WIDEST_M = 150.0
"""What is less certain than this tells nothing about a zone or a road."""
_DEGREE_M = 111_000.0
_POINT = re.compile(r"(?P<latitude>[2-4]\d\.\d{3,12})[,、 ]{1,3}(?P<longitude>1[2-5]\d\.\d{3,12})")


class Located(StrEnum):
    """位置の求め方: whether the place was chosen, the address is listed, or only its neighbours are."""

    CHOSEN = "chosen"
    LISTED = "listed"
    NEIGHBOURS = "neighbours"


class NotFound(StrEnum):
    """位置が分からない理由: no town of the list, no such number in it, places too far apart, or no number typed."""

    NO_LIST = "no_list"
    TOWN = "town"
    NUMBER = "number"
    APART = "apart"
    NO_NUMBER = "no_number"


@dataclass(frozen=True)
class FoundPlace:
    """見つかった位置: degrees, and the metres within which the true place lies."""

    latitude: float
    longitude: float
    accuracy_m: float
    located: Located
    address: str
    source: AddressList | None


def locate(typed: str) -> FoundPlace | NotFound:
    """Return where an address, or a point as 緯度, 経度, lies; at most four queries."""
    point = _POINT.fullmatch(unicodedata.normalize("NFKC", typed).strip()[:60])
    if point:
        return FoundPlace(float(point["latitude"]), float(point["longitude"]), CHOSEN_M, Located.CHOSEN, "", None)
    known = AddressList.objects.first()
    if known is None:
        return NotFound.NO_LIST
    key = address_key(typed, known.municipality)
    if not known.points.filter(town=key.town).exists():
        return NotFound.TOWN
    if not key.numbers:
        return NotFound.NO_NUMBER
    return _of_number(known, key)


def _of_number(known: AddressList, key: AddressKey) -> FoundPlace | NotFound:
    rows = known.points.filter(town=key.town)
    listed = list(rows.filter(number=key.number))
    if listed:
        return _middle(known, listed, known.accuracy_m, Located.LISTED)
    block = "-".join(map(str, key.numbers[:-1])) if len(key.numbers) > 1 else key.number
    neighbours = [*rows.filter(block=block), *(rows.filter(number=block) if len(key.numbers) > 1 else ())]
    if not neighbours:
        return NotFound.NUMBER
    return _middle(known, neighbours, BLOCK_M, Located.NEIGHBOURS)


def _middle(
    known: AddressList, points: Sequence[AddressPoint], least: float, located: Located
) -> FoundPlace | NotFound:
    """Return the middle of points, as uncertain as they lie apart, or that they lie too far apart."""
    latitude = sum(each.latitude for each in points) / len(points)
    longitude = sum(each.longitude for each in points) / len(points)
    metres = _DEGREE_M * math.cos(math.radians(latitude))
    apart = max(
        math.hypot((each.latitude - latitude) * _DEGREE_M, (each.longitude - longitude) * metres) for each in points
    )
    accuracy = max(least, apart + known.accuracy_m if apart > 1 else least)
    if accuracy > WIDEST_M:
        return NotFound.APART
    return FoundPlace(latitude, longitude, math.ceil(accuracy), located, points[0].address, known)
