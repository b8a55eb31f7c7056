"""Whatever colour a municipality chooses, everything on its pages can be read, in light and in dark."""

import pytest

from todoke.design.colours import DARK_GROUNDS, GROUNDS, TEXT, Palette, contrast, is_colour, is_readable
from todoke.design.colours import nearest_readable as nearest
from todoke.design.stylesheet import FOLDER


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)]
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    "wished", ["#ffcc00", "#00ff00", "#ff99cc", "#0017c1", "#00695c", "#ffffff", "#000000", "#e60012"]
)
def test_a_colour_that_nobody_can_read_becomes_the_nearest_that_can(wished: str) -> None:
    accent = nearest(wished)
    assert is_readable(accent)
    assert (accent == wished) == is_readable(wished)
    palette = Palette.of(accent)
    for roles, grounds in ((palette.light, GROUNDS), (palette.dark, DARK_GROUNDS)):
        for ground in (*grounds, roles["accent-soft"]):
            assert contrast(roles["accent"], ground) >= TEXT
            assert contrast(roles["accent-strong"], ground) >= TEXT
        assert contrast(roles["on-accent"], roles["accent"]) >= TEXT
        assert contrast(roles["on-accent"], roles["accent-strong"]) >= TEXT


def test_a_colour_is_six_digits_after_a_sign() -> None:
    assert is_colour("#00695c")
    assert not any(is_colour(text) for text in ("", "00695c", "#fff", "#00695C", "red", "#00695c;}"))


def test_the_grounds_are_those_of_the_pages() -> None:
    theme = (FOLDER / "parts" / "10-theme.css").read_text() + (FOLDER / "parts" / "00-tokens.css").read_text()
    assert not [ground for ground in (*GROUNDS, *DARK_GROUNDS) if ground not in theme]
