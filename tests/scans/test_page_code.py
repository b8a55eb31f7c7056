"""A printed page says of which form, version and page it is; any other code says nothing."""

import pytest

from todoke.scans.page_code import PageCode, page_code, read_page_code


def test_what_was_printed_is_read() -> None:
    assert read_page_code(page_code("certificate-1010", 3, 2)) == PageCode("certificate-1010", 3, 2)


@pytest.mark.parametrize("text", ["", "https://example.jp/", "TDK1/a/0/1", "TDK1/a/1/1/2", "TDK1/../1/1", "TDK2/a/1/1"])
def test_another_code_is_none_of_ours(text: str) -> None:
    assert read_page_code(text) is None
