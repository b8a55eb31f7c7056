"""Metres of the national plane system agree with the reference library to a millimetre."""

import pytest

from todoke.places.plane_coordinates import to_plane


@pytest.mark.parametrize(
    ("system", "latitude", "longitude", "east", "north"),
    [
        (8, 36.0, 138.5, 0.0, 0.0),
        (8, 34.8668, 138.3236, -16127.6807, -125700.1255),
        (8, 36.5, 138.0, -44791.2385, 55592.5268),
        (9, 35.6895, 139.6917, -12818.7770, -34439.1888),
        (9, 34.75, 138.9, -85453.4079, -138273.7298),
    ],
)
def test_a_point_lies_where_the_reference_says(
    system: int, latitude: float, longitude: float, east: float, north: float
) -> None:
    x, y = to_plane(latitude, longitude, system)
    assert (x, y) == pytest.approx((east, north), abs=0.001)


def test_a_system_that_does_not_exist_is_no_place() -> None:
    with pytest.raises(KeyError):
        to_plane(35.0, 139.0, 20)
