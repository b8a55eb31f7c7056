"""Where a box of the page lies in a turned, shifted, narrowed picture; and no place at all without four marks."""

import math

import pytest

from todoke.scans.recognition.page_registration import (
    A4,
    Box,
    Point,
    box_in_picture,
    choose_marks,
    corners_of,
    page_to_picture,
    place_of,
    whole_picture,
)

SCALE = 200 / 25.4
PICTURE = (A4[0] * SCALE, A4[1] * SCALE)


def turned(point: Point, degrees: float = 1.2) -> Point:
    """A point of the page where a scanner that holds the sheet askew shows it."""
    angle = math.radians(degrees)
    x, y = point[0] * SCALE, point[1] * SCALE
    return x * math.cos(angle) - y * math.sin(angle) + 12, x * math.sin(angle) + y * math.cos(angle) - 7


def test_a_point_of_a_turned_page_is_found_to_a_tenth_of_a_pixel() -> None:
    matrix = page_to_picture([turned(corner) for corner in corners_of(A4)])
    for point in ((50.0, 60.0), (190.0, 20.0), (105.0, 280.0)):
        assert place_of(point, matrix) == pytest.approx(turned(point), abs=0.1)


def test_the_marks_are_chosen_among_stains() -> None:
    marks = [turned(corner) for corner in corners_of(A4)]
    stains = [(700.0, 900.0), (marks[0][0] + 60, marks[0][1] + 60), (1500.0, 1200.0)]
    assert choose_marks([*stains, *marks], PICTURE) == tuple(marks)


@pytest.mark.parametrize("torn", range(4))
def test_a_sheet_with_a_torn_corner_is_not_aligned(torn: int) -> None:
    marks = [turned(corner) for place, corner in enumerate(corners_of(A4)) if place != torn]
    assert choose_marks(marks, PICTURE) is None


def test_three_marks_and_a_stain_near_the_fourth_that_makes_no_rectangle_are_none() -> None:
    corners = [(x * SCALE, y * SCALE) for x, y in corners_of(A4)]
    low = [corners[0], corners[1], (corners[2][0], corners[0][1] + 5), (corners[3][0], corners[0][1] + 5)]
    assert choose_marks(low, PICTURE) is None


def test_marks_on_one_line_make_no_map() -> None:
    with pytest.raises(ValueError, match="one line"):
        page_to_picture([(0, 0), (1, 0), (2, 0), (3, 0)])


def test_the_rectangle_in_the_picture_holds_every_corner_of_the_box() -> None:
    matrix, box = page_to_picture([turned(corner) for corner in corners_of(A4)]), Box(70, 80, 60, 9)
    found = box_in_picture(box, matrix)
    for x, y in ((70, 80), (130, 80), (130, 89), (70, 89)):
        u, v = turned((x, y))
        assert found.x - 0.1 <= u <= found.x + found.width + 0.1
        assert found.y - 0.1 <= v <= found.y + found.height + 0.1


def test_without_marks_the_picture_is_taken_for_the_page() -> None:
    assert place_of((105, 148.5), whole_picture((2100, 2970))) == pytest.approx((1050, 1485))


def test_a_crop_never_leaves_the_picture() -> None:
    assert Box(-5, 90, 20, 30).within(100, 100) == Box(0, 90, 15, 10)
    assert Box(500, 500, 10, 10).within(100, 100) == Box(99, 99, 1, 1)
    assert Box(10, 10, 20, 5).wider(2) == Box(8, 8, 24, 9)
