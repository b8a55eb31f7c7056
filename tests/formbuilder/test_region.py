"""Postal codes are looked up by every thread of the server."""

from concurrent.futures import ThreadPoolExecutor

from todoke.formbuilder.document.question_types import region_of


def test_every_thread_finds_the_town() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(region_of, ["１０４−００４５"] * 8))
    assert found == {"東京都中央区築地"}
