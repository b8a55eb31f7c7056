"""A player begins in the middle of a file; whoever asks for what the file does not have is told its size."""

import io

import pytest

from todoke.web.byte_ranges import asked_range, pieces


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", None), ("bytes=0-", (0, 99)), ("bytes=10-19", (10, 19)), ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)), ("bytes=-500", (0, 99)), ("bytes=20-10", None), ("bytes=0-1,5-6", None),
        ("bytes=-", None), ("items=0-5", None), ("bytes=a-b", None),
    ],
)  # fmt: skip
def test_one_range_is_understood_and_anything_else_means_the_whole(header: str, wanted: tuple[int, int] | None) -> None:
    assert asked_range(header, 100) == wanted


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        asked_range(header, 100)


def test_exactly_the_wanted_bytes_come_and_the_file_is_closed() -> None:
    file = io.BytesIO(bytes(range(200)) * 1_000)
    assert b"".join(pieces(file, 150, 150_149)) == (bytes(range(200)) * 1_000)[150:150_150]
    assert file.closed
