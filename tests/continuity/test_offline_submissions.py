"""What residents typed during an outage stays in one file, whatever happened to the machine while it was written."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from todoke.continuity import offline_submissions
from todoke.continuity.offline_submissions import FOR_ONE_DRAFT, FROM_ONE_CLIENT, Depositor, TooLarge, TooManyDeposits

NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def keep(words: str, *, token: str = "t", client: str = "192.0.2.1", at: datetime = NOON) -> str:
    fields = {"contact": [words]}
    return offline_submissions.store(
        at=at, token=token, page="rest", fields=fields, send=False, by=Depositor(), client=client
    )


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
    assert offline_submissions.clear({slip.number for slip in offline_submissions.pending()})
    assert keep("二") == offline_submissions.format_number(2)


def test_thousands_of_deposits_end_at_one_clients_limit_and_keep_nobody_else_out() -> None:
    for serial in range(FROM_ONE_CLIENT):
        keep("一", token=f"t{serial}")
    with pytest.raises(TooManyDeposits):
        keep("一", token="another")
    assert keep("一", token="t0") == offline_submissions.format_number(1)
    assert keep("一", token="another", client="192.0.2.2") == offline_submissions.format_number(FROM_ONE_CLIENT + 1)
    assert keep("二", token="another", at=NOON + timedelta(hours=1))


def test_one_draft_is_deposited_a_few_times_from_wherever_it_comes() -> None:
    for serial in range(FOR_ONE_DRAFT):
        keep(f"{serial}", client=f"192.0.2.{serial}")
    with pytest.raises(TooManyDeposits):
        keep("もう一つ", client="198.51.100.1")


def test_a_full_file_and_a_huge_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        keep("あ" * 100_000)
    monkeypatch.setattr(offline_submissions, "FULL", 10)
    keep("一")
    with pytest.raises(TooManyDeposits):
        keep("二")


def test_a_deposit_holds_no_more_than_one_other_in_memory() -> None:
    for serial in range(60):
        keep("あ" * 50_000, token=f"t{serial}", client=f"192.0.2.{serial}")
    whole = offline_submissions.file_path().stat().st_size
    tracemalloc.start()
    try:
        keep("もう一つ", token="another", client="198.51.100.1")
        assert offline_submissions.count_pending() == 61
        assert sum(len(slip.fields["contact"][0]) > 4 for slip in offline_submissions.pending()) == 60
        assert tracemalloc.get_traced_memory()[1] < whole / 4
    finally:
        tracemalloc.stop()


def test_nothing_of_a_deposit_lies_in_clear() -> None:
    keep("秘密の言葉", token="secret-token", client="203.0.113.77")
    kept = offline_submissions.file_path().read_text()
    assert not [word for word in ("秘密の言葉", "secret-token", "203.0.113.77", "contact") if word in kept]
