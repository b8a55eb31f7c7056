"""Sheets come in any order of pages; the codes put them together, and what has no code follows the sheet before."""

from todoke.scans.sheet_order import Seen, places_of


def pages(*codes: int | None, of: int = 2) -> list[tuple[int, int]]:
    return places_of([Seen(1, code) for code in codes], of)


def test_a_stack_in_order_is_two_pages_each() -> None:
    assert pages(1, 2, 1, 2) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert pages(None, None, None) == [(1, 1), (1, 2), (2, 1)]


def test_a_stack_turned_over_is_put_together_all_the_same() -> None:
    assert pages(2, 1, 2, 1) == [(1, 2), (1, 1), (2, 2), (2, 1)]


def test_a_page_that_comes_again_begins_the_next_application() -> None:
    assert pages(1, 1, 2) == [(1, 1), (2, 1), (2, 2)]
    assert pages(1, None, 1, of=3) == [(1, 1), (1, 2), (2, 1)]
