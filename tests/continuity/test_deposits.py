"""What residents typed during an outage stays in one file, whatever happened to the machine while it was written."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from todoke.continuity import deposits

NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def keep(words: str) -> str:
    return deposits.deposit(at=NOON, token="t", page="rest", fields={"contact": [words]}, send=False)


def test_the_same_words_get_the_same_number_and_others_the_next() -> None:
    assert [keep("一"), keep("二"), keep("一")] == [deposits.written(1), deposits.written(2), deposits.written(1)]
    assert [slip.fields["contact"] for slip in deposits.waiting()] == [["一"], ["二"]]


def test_a_line_that_the_disk_had_no_room_for_stops_nobody_after_it() -> None:
    keep("一")
    with deposits.place().open("ab") as file:
        file.write(b'{"number": "half')
    assert keep("二") == deposits.written(2)
    assert [slip.fields["contact"] for slip in deposits.waiting()] == [["一"], ["二"]]


def test_the_file_is_removed_although_a_line_was_never_finished() -> None:
    keep("一")
    with deposits.place().open("ab") as file:
        file.write(b'{"number": "half')
    assert deposits.clear(deposits.waiting())
    assert keep("二") == deposits.written(2)
