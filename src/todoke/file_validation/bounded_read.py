"""Bounded read 制限付きの読取り: runs a reader of an untrusted file, or a long calculation, in a limited child process.

A process runs one at a time and lets one caller wait, so that whoever presses eight times holds two of its threads and
the others go on answering.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

from todoke.runtime.refusals import Busy, Unreadable

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

TOO_LONG = "ファイルを{seconds}秒で読み終わらなかったので、打ち切りました。何も取り込んでいません。"
TOO_LARGE = "ファイルの中身が大きすぎるので、読むのをやめました。何も取り込んでいません。"
TOO_DEEP = "ファイルの入れ子が深すぎるので、読むのをやめました。何も取り込んでいません。"
BROKEN = "ファイルが壊れているか、思わぬ形なので読めませんでした。何も取り込んでいません。"
BUSY = (
    "ほかのファイルの読取りや試算が終わるのを待っています。何も変わっていません。10秒ほどして、もう一度お試しください。"
)
SMALLER = "要るところだけを新しいファイルに写すか、いくつかに分けて、もう一度お試しください。"


@dataclass(frozen=True)
class ReadLimits:
    """読取りの上限: seconds of wall clock and processor, and megabytes of memory above the idle process.

    ``too_long`` is what is said at the limit of time, with ``{seconds}`` for them.
    """

    seconds: int = 10
    megabytes: int = 300
    result_megabytes: int = 64
    too_long: str = TOO_LONG + SMALLER


DEFAULT = ReadLimits()
_RUNNING, _WAITING = threading.BoundedSemaphore(), threading.BoundedSemaphore()


@contextmanager
def _turn(seconds: float) -> Iterator[None]:
    """Hold the turn of this process, waiting at most so long for it. Raises Busy where somebody waits already."""
    if not _RUNNING.acquire(blocking=False):
        if not _WAITING.acquire(blocking=False):
            raise Busy(BUSY)
        try:
            if not _RUNNING.acquire(timeout=seconds):
                raise Busy(BUSY)
        finally:
            _WAITING.release()
    try:
        yield
    finally:
        _RUNNING.release()


def read_bounded(reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return ``reader(*args, **kwargs)``, run in a child process under the default limits.

    ``reader`` is a function of a module that needs no database and no settings. Raises Unreadable: the reader's own
    refusal, or what to do when a limit was reached or the reader failed. Busy while two others are read.
    """
    return read_within(DEFAULT, reader, *args, **kwargs)


def read_within(limits: ReadLimits, reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``read_bounded``, under other limits. Raises Unreadable, Busy."""
    order = (reader.__module__, reader.__qualname__, limits)
    called = pickle.dumps(order) + pickle.dumps((args, kwargs))
    try:
        with _turn(limits.seconds):
            done = subprocess.run(
                [sys.executable, "-m", "todoke.file_validation.reader_process"],
                input=called,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                env=_environment(),
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise Unreadable(limits.too_long.format(seconds=limits.seconds)) from None
    if done.returncode == -signal.SIGXCPU:
        raise Unreadable(limits.too_long.format(seconds=limits.seconds))
    if done.returncode:
        log.warning("reader %s.%s ended with code %s", order[0], order[1], done.returncode)
        raise Unreadable((TOO_LARGE if done.returncode < 0 else BROKEN) + SMALLER)
    kind, found = pickle.loads(done.stdout)  # noqa: S301 - written by our own module
    if kind == "refused":
        raise Unreadable(found)
    if kind == "failed":
        log.warning("reader %s.%s failed: %s", order[0], order[1], found)
        raise Unreadable(BROKEN + SMALLER)
    return cast(T, found)


def _environment() -> dict[str, str]:
    """Return the child's environment: the paths of modules and UTF-8, and no key or password of ours."""
    paths = os.pathsep.join(filter(None, sys.path))
    return {"PYTHONPATH": paths, "PYTHONUTF8": "1", "POLARS_MAX_THREADS": "1", "TZ": "UTC"}
