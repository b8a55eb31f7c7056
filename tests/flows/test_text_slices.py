"""Slices of a text are told apart by every byte."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from todoke.flows.mining.text_slices import WORD, TextSlices

NEAR = st.text("ab", min_size=WORD, max_size=3 * WORD) | st.text("a", min_size=WORD, max_size=5 * WORD)


@given(st.lists(NEAR | st.sampled_from(["届け届け届け", "届け届け届げ"]), max_size=20))
def test_each_different_slice_is_asked_for_once(slices: list[str]) -> None:
    raw = [one.encode() for one in slices]
    ends = np.cumsum([0, *map(len, raw)])
    asked: list[bytes] = []

    def code(text: bytes) -> int:
        asked.append(text)
        return len(asked) - 1

    codes = TextSlices(b"".join(raw) + b" " * WORD).coded(ends[:-1], ends[1:], code)
    assert [asked[code] for code in codes] == raw
    assert sorted(asked) == sorted(set(raw))
