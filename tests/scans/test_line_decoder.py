"""A line of frames becomes text of allowed signs; the weakest character tells how sure it is."""

import numpy as np
import pytest

from todoke.scans.recognition.choice_marks import marked_choice
from todoke.scans.recognition.line_decoder import Frames, decode, mask_of

SIGNS = ("", "O", "0", "1")


def frames(*best: tuple[int, float], other: int = 1) -> Frames:
    made = np.zeros((len(best), len(SIGNS)), np.float32)
    for place, (sign, sure) in enumerate(best):
        made[place, other] = 1 - sure
        made[place, sign] = sure
    return made


def test_repeated_frames_are_one_character_and_a_blank_parts_two() -> None:
    line = decode(frames((3, 0.9), (3, 0.95), (0, 0.99), (3, 0.8), (2, 0.7)), SIGNS)
    assert line.text == "110"
    assert line.lowest == pytest.approx(0.7)
    assert [round(sure, 2) for _, sure in line.characters] == [0.95, 0.8, 0.7]


def test_a_digit_is_read_where_a_letter_is_likelier_and_no_letter_may_stand() -> None:
    seen = frames((1, 0.6), other=2)
    assert decode(seen, SIGNS).text == "O"
    masked = decode(seen, SIGNS, mask_of(SIGNS, "0123456789".__contains__))
    assert (masked.text, round(masked.lowest, 2)) == ("0", 0.4)


def test_a_line_of_blanks_is_no_text_and_not_sure() -> None:
    assert decode(frames((0, 0.9), (0, 0.9)), SIGNS) == decode(frames((0, 0.8)), SIGNS)
    assert decode(frames((0, 0.9)), SIGNS).lowest == 0.0


@pytest.mark.parametrize(
    ("shares", "several", "text", "sure"),
    [
        ([("yes", 0.2), ("no", 0.0)], False, "yes", 1.0),
        ([("yes", 0.2), ("no", 0.3)], False, "yes\nno", 0.0),
        ([("yes", 0.2), ("no", 0.3)], True, "yes\nno", 1.0),
        ([("yes", 0.04), ("no", 0.0)], False, "", 0.0),
        ([("yes", 0.01), ("no", 0.0)], True, "", 1.0),
    ],
)
def test_a_mark_is_on_or_off_or_for_a_person(
    shares: list[tuple[str, float]], several: bool, text: str, sure: float
) -> None:
    found = marked_choice(shares, several=several)
    assert (found.text, found.confidence) == (text, sure)


@pytest.mark.parametrize(("seen", "read"), [(0.004, "髙橋"), (0.0001, "高橋")])
def test_a_rare_variant_of_a_name_is_read_where_the_model_gives_it_more_than_its_usual_trace(
    seen: float, read: str
) -> None:
    signs = ("", "高", "髙", "橋")
    line = np.array([[0.0, 0.97, seen, 0.0], [0.0, 0.90, 0.0, 0.0], [0.0, 0.0, 0.0, 0.99]], np.float32)
    variants = {"高": (2, 10**-3.45)}
    assert decode(line, signs, rare=variants).text == read
    assert decode(line, signs).text == "高橋"
    assert decode(line, signs, rare=variants).lowest == pytest.approx(0.97)
