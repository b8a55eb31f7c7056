"""Processes that are forked from one program share its memory also after they have begun to work."""

import subprocess
import sys
from pathlib import Path

import lxml.etree
import pytest
from lxml.etree import fromstring, tostring

from todoke.japanese.search_tokens import nouns
from todoke.runtime.processes.copy_on_write import prepare_fork

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process shares"),
]

ETREE = str(Path(lxml.etree.__file__).resolve())
PROGRAM = """
import os, sys
from pathlib import Path
from todoke.runtime.processes.copy_on_write import prepare_fork

def copied():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:"))

program = [bytes(size) for _ in range(20_000) for size in (90, 700)]
for place in range(0, len(program), 50):
    program[place:place + 2] = [None, None]
if sys.argv[1] == "prepared":
    prepare_fork()
receive, send = os.pipe()
if os.fork():
    print(os.read(receive, 20).decode())
else:
    before = copied()
    own = [bytes(size) for _ in range(800) for size in (90, 700)]
    os.write(send, str(copied() - before).encode())
"""


def copied(way: str) -> int:
    """Kilobytes that a forked process copies to make 0.6 MB of its own beside a program with free blocks in it."""
    return int(subprocess.run([sys.executable, "-c", PROGRAM, way], capture_output=True, check=True).stdout)


def test_a_process_copies_less_than_half_as_much_of_a_program_whose_free_blocks_are_filled() -> None:
    assert copied("prepared") < copied("plain") / 2


def pages_of(file: str) -> int:
    """Kilobytes of a file that count as memory of this process."""
    found, size = False, 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split()[0]:
            found = line.endswith(file)
        elif found and line.startswith("Rss:"):
            size += int(line.split()[1])
    return size


def test_the_dictionary_counts_again_only_where_it_is_used() -> None:
    said = nouns("犬の登録")
    before = pages_of("system.dic")
    prepare_fork()
    assert pages_of("system.dic") == 0 < before
    assert nouns("犬の登録") == said


def test_the_code_of_a_library_counts_again_only_where_it_is_used() -> None:
    read = tostring(fromstring("<a><b/></a>"))
    before = pages_of(ETREE)
    prepare_fork()
    assert pages_of(ETREE) < before / 2
    assert tostring(fromstring("<a><b/></a>")) == read
