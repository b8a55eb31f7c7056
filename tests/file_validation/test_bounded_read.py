"""Whatever somebody brings is read within ten seconds and 300 MB, or refused in a sentence; no page waits longer."""

import os
import re
import select
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.cast.hostile_files import HOSTILE, ORDINARY
from tests.file_validation import readers
from todoke.file_validation.bounded_read import ReadLimits, read_bounded, read_watched, read_within
from todoke.runtime.processes import cpu_affinity
from todoke.runtime.refusals import Busy, Refused, Unreadable

LATIN = re.compile(r"[A-Za-z]{3,}")
FILE_KINDS = {"CSV", "DTD", "Excel", "JSON", "PDF", "Word", "XES", "XLSX", "XML", "xlsx"}
JAPANESE = re.compile(r"[ぁ-ん]{2}.*。$", re.DOTALL)


def test_an_ordinary_file_is_read_as_if_at_home() -> None:
    assert read_bounded(readers.count, "令和8年") == readers.Found(4)


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (readers.refuse, "3行目を読めません"),
        (readers.loop, "読み終わらなかった"),
        (readers.sleep, "読み終わらなかった"),
        (readers.hoard, "大きすぎる"),
        (readers.boast, "大きすぎる"),
        (readers.nest, "入れ子が深すぎる"),
        (readers.crash, "大きすぎる"),
        (readers.fault, "壊れているか"),
        (readers.stumble, "壊れているか"),
    ],
)
def test_a_reader_that_runs_away_is_given_up_in_words(reader: Callable[[str], object], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_within(ReadLimits(seconds=3), reader, "本文")


def test_whoever_presses_eight_times_holds_two_threads_and_is_told_so(tmp_path: Path) -> None:
    """One is read, one waits, six are told at once; then both come to their end."""
    sign, limits = tmp_path / "sign", ReadLimits(seconds=120)
    with ThreadPoolExecutor(8) as threads:
        pressed = [threads.submit(read_within, limits, readers.wait_for, str(sign)) for _ in range(8)]
        told = [each.exception() for each in islice(as_completed(pressed), 6)]
        assert [type(each) for each in told] == [Busy] * 6
        sign.touch()
        assert sum(each.exception() is None for each in pressed) == 2
    assert read_bounded(readers.count, "あと") == readers.Found(2)


def test_a_running_calculation_tells_how_far_it_is_and_ends_when_it_is_not_wanted() -> None:
    told = list[tuple[int, int]]()

    def watch(done: int, whole: int) -> bool:
        told.append((done, whole))
        return (done, whole) != (3, 9)

    with pytest.raises(Refused):
        read_watched(ReadLimits(seconds=120), watch, readers.report_and_wait, 3, 9)
    assert told[-1] == (3, 9)
    assert read_watched(ReadLimits(seconds=120), watch, readers.count, "令和8年") == readers.Found(4)


def test_a_calculation_that_takes_too_long_is_given_up_in_words() -> None:
    with pytest.raises(Unreadable, match="0秒"):
        read_watched(ReadLimits(seconds=0, too_long="{seconds}秒で"), lambda *told: True, readers.sleep, "")


WORKER = """
import sys
from tests.file_validation import readers
from todoke.file_validation.bounded_read import ReadLimits, read_watched, read_within
limits, held = ReadLimits(seconds=600), sys.argv[2]
if sys.argv[1] == "within":
    read_within(limits, readers.hold_open, held)
else:
    read_watched(limits, lambda done, whole: True, readers.hold_open, held)
"""


@pytest.mark.parametrize("way", ["within", "watched"])
def test_an_operator_who_kills_a_worker_leaves_none_of_its_readers_behind(tmp_path: Path, way: str) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-c", WORKER, way, str(held)], env=os.environ | paths) as worker:
        ends = os.open(held, os.O_RDONLY)
        worker.kill()
    assert select.select([ends], [], [], 60)[0] == [ends]
    assert os.read(ends, 1) == b""
    os.close(ends)


def test_a_reader_whose_worker_is_gone_already_reads_nothing() -> None:
    command = [sys.executable, "-m", "todoke.file_validation.reader_process", "1"]
    done = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


@pytest.mark.skipif(cpu_affinity.processors() < 2, reason="one processor has nothing to choose from")
def test_a_file_is_read_on_any_processor_of_the_server_though_its_process_is_bound_to_one(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; from todoke.runtime.processes.cpu_affinity import bind; "
        "from todoke.file_validation.bounded_read import read_bounded; usable = os.sched_getaffinity(0); "
        f"bind(pathlib.Path({str(tmp_path / 'locks')!r})); "
        "print(len(os.sched_getaffinity(0)), read_bounded(os.sched_getaffinity, 0) == usable)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "True"]


def test_the_readers_process_knows_no_key_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODOKE_SECRET_KEY", "k")
    assert not [name for name in read_bounded(readers.surroundings, "") if name.startswith(("TODOKE", "AWS", "PG"))]


@pytest.mark.parametrize(
    ("reader", "file"), [(reader, file) for _, reader, file in ORDINARY], ids=[n for n, _, _ in ORDINARY]
)
def test_an_ordinary_file_of_every_kind_is_read(
    reader: Callable[..., Any], file: Callable[[], tuple[Any, ...]]
) -> None:
    assert read_bounded(reader, *file())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reader", "file"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_file_is_refused_in_a_sentence(
    name: str, reader: Callable[..., Any], file: Callable[[], tuple[Any, ...]]
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bounded(reader, *file())
    assert JAPANESE.search(str(refused.value))
    assert set(LATIN.findall(str(refused.value))) <= FILE_KINDS
