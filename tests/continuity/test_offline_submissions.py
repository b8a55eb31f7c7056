"""What residents typed during an outage stays in one file, whatever happened to the machine while it was written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from todoke.continuity import offline_submissions

NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def keep(words: str) -> str:
    return offline_submissions.store(at=NOON, token="t", page="rest", fields={"contact": [words]}, send=False)


def test_the_same_words_get_the_same_number_and_others_the_next() -> None:
    assert [keep("一"), keep("二"), keep("一")] == [
        offline_submissions.format_number(1),
        offline_submissions.format_number(2),
        offline_submissions.format_number(1),
    ]
    assert [slip.fields["contact"] for slip in offline_submissions.pending()] == [["一"], ["二"]]


def test_a_line_that_the_disk_had_no_room_for_stops_nobody_after_it() -> None:
    keep("一")
    with offline_submissions.file_path().open("ab") as file:
        file.write(b'{"number": "half')
    assert keep("二") == offline_submissions.format_number(2)
    assert [slip.fields["contact"] for slip in offline_submissions.pending()] == [["一"], ["二"]]


def test_the_file_is_removed_although_a_line_was_never_finished() -> None:
    keep("一")
    with offline_submissions.file_path().open("ab") as file:
        file.write(b'{"number": "half')
    assert offline_submissions.clear(offline_submissions.pending())
    assert keep("二") == offline_submissions.format_number(2)
