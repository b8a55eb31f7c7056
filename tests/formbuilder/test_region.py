"""Postal codes are looked up by every thread of the server."""

from concurrent.futures import ThreadPoolExecutor

from todoke.japanese.postal_codes import regions_of


def test_every_thread_finds_the_town() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(regions_of, ["１０４−００４５"] * 8))
    assert found == [["東京都中央区築地"]] * 8
