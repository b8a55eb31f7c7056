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
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, ParamSpec, TypeVar, cast

from todoke.runtime.processes import cpu_affinity
from todoke.runtime.refusals import Busy, Refused, Unreadable

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
CANCELLED = "途中でやめました。"
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
WATCHED_EVERY = 0.5
READER = "todoke.file_validation.reader_process"
"""Run with the number of this process, with which it ends."""
_OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGKILL}
"""By which a child ends that gets no memory: a library gives up, or the system ends it."""
_RUNNING, _WAITING = threading.BoundedSemaphore(), threading.BoundedSemaphore()


class Cancelled(Refused):
    """取りやめ: who waited for the call wants it no more."""


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
    try:
        with _turn(limits.seconds):
            done = subprocess.run(  # noqa: S603 - our own program
                _command(),
                input=_called(limits, reader, args, kwargs),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                env=_environment(),
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise Unreadable(limits.too_long.format(seconds=limits.seconds)) from None
    return cast(T, _answer(limits, reader, done.returncode, done.stdout))


def read_watched(limits: ReadLimits, watch: Callable[[int, int], bool], reader: Callable[..., T], *args: Any) -> T:
    """Like ``read_within`` for a worker, which waits for no turn: ``watch`` hears how far the call is, twice a second.

    Raises Cancelled when ``watch`` returns False, Unreadable.
    """
    ends = monotonic() + limits.seconds
    with (
        TemporaryFile() as told,
        subprocess.Popen(  # noqa: S603 - our own program
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            env=_environment(),
        ) as child,
    ):
        called: bytes | None = _called(limits, reader, args, {})
        try:
            while True:
                try:
                    found, _ = child.communicate(called, timeout=WATCHED_EVERY)
                    break
                except subprocess.TimeoutExpired:
                    called = None
                if not watch(*_progress(told)):
                    raise Cancelled(CANCELLED)
                if monotonic() > ends:
                    raise Unreadable(limits.too_long.format(seconds=limits.seconds))
        finally:
            child.kill()
    return cast(T, _answer(limits, reader, child.returncode, found))


def _progress(told: IO[bytes]) -> tuple[int, int]:
    """Return what the child told last: how much of how much is done."""
    size = os.fstat(told.fileno()).st_size
    lines = os.pread(told.fileno(), 200, max(0, size - 200)).decode("ascii", "replace").splitlines()
    done, _, whole = (lines[-1] if lines else "").partition(" ")
    return (int(done), int(whole)) if done.isdecimal() and whole.isdecimal() else (0, 0)


def _called(limits: ReadLimits, reader: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    """Return the call as the child reads it."""
    return pickle.dumps((reader.__module__, reader.__qualname__, limits)) + pickle.dumps((args, kwargs))


def _answer(limits: ReadLimits, reader: Callable[..., Any], returncode: int, stdout: bytes) -> Any:
    """Return what the child found. Raises Unreadable."""
    name = f"{reader.__module__}.{reader.__qualname__}"
    if returncode == -signal.SIGXCPU:
        raise Unreadable(limits.too_long.format(seconds=limits.seconds))
    if returncode:
        log.warning("reader %s ended with code %s", name, returncode)
        raise Unreadable((TOO_LARGE if -returncode in _OUT_OF_MEMORY else BROKEN) + SMALLER)
    kind, found = pickle.loads(stdout)  # noqa: S301 - written by our own module
    if kind == "refused":
        raise Unreadable(found)
    if kind == "failed":
        log.warning("reader %s failed: %s", name, found)
        raise Unreadable(BROKEN + SMALLER)
    return found


def _command() -> list[str]:
    """Return the command of the child: with whom it ends, and where it may run though this process may be bound."""
    return [sys.executable, "-m", READER, str(os.getpid()), *map(str, cpu_affinity.given())]


def _environment() -> dict[str, str]:
    """Return the child's environment: the paths of modules and UTF-8, and no key or password of ours."""
    paths = os.pathsep.join(filter(None, sys.path))
    return {"PYTHONPATH": paths, "PYTHONUTF8": "1", "POLARS_MAX_THREADS": "1", "TZ": "UTC"}
