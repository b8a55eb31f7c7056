"""Readers that misbehave, as a library does on a hostile file; each runs in a child process."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from todoke.file_validation.progress_report import report_progress
from todoke.runtime.refusals import Unreadable


@dataclass
class Found:
    """What a good reader returns."""

    letters: int


def count(text: str) -> Found:
    print("a library that prints")
    return Found(len(text))


def refuse(text: str) -> Found:
    raise Unreadable("3行目を読めません。")


def loop(text: str) -> Found:
    while True:
        text = text[::-1]


def wait_for(path: str) -> Found:
    while not Path(path).exists():
        os.sched_yield()
    return Found(0)


def sleep(text: str) -> Found:
    signal.pause()
    return Found(0)


def report_and_wait(done: int, whole: int) -> Found:
    report_progress(done, whole)
    signal.pause()
    return Found(0)


def hoard(text: str) -> Found:
    return Found(len(b"x" * (400 << 20)))


def boast(text: str) -> bytes:
    return b"x" * (80 << 20)


def nest(text: str) -> Found:
    return nest(text)


def crash(text: str) -> Found:
    os.abort()


def fault(text: str) -> Found:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Found(0)


def hold_open(path: str) -> Found:
    held = os.open(path, os.O_WRONLY)
    signal.pause()
    os.close(held)
    return Found(0)


def stumble(text: str) -> Found:
    raise ZeroDivisionError(text)


def surroundings(text: str) -> list[str]:
    return sorted(os.environ)
