"""Bounded read 制限付きの読取り: runs a reader of an untrusted file in a child process with time and memory limits."""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

from todoke.runtime.refusals import Unreadable

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

TOO_LONG = "ファイルを{seconds}秒で読み終わらなかったので、打ち切りました。何も取り込んでいません。"
TOO_LARGE = "ファイルの中身が大きすぎるので、読むのをやめました。何も取り込んでいません。"
TOO_DEEP = "ファイルの入れ子が深すぎるので、読むのをやめました。何も取り込んでいません。"
BROKEN = "ファイルが壊れているか、思わぬ形なので読めませんでした。何も取り込んでいません。"
SMALLER = "要るところだけを新しいファイルに写すか、いくつかに分けて、もう一度お試しください。"


@dataclass(frozen=True)
class ReadLimits:
    """読取りの上限: seconds of wall clock and processor, and megabytes of memory above the idle process."""

    seconds: int = 10
    megabytes: int = 300
    result_megabytes: int = 64


DEFAULT = ReadLimits()


def read_bounded(reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return ``reader(*args, **kwargs)``, run in a child process under the default limits.

    ``reader`` is a function of a module that needs no database and no settings. Raises Unreadable: the reader's own
    refusal, or what to do when a limit was reached or the reader failed.
    """
    return read_within(DEFAULT, reader, *args, **kwargs)


def read_within(limits: ReadLimits, reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``read_bounded``, under other limits. Raises Unreadable."""
    order = (reader.__module__, reader.__qualname__, limits)
    called = pickle.dumps(order) + pickle.dumps((args, kwargs))
    try:
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
        raise Unreadable(TOO_LONG.format(seconds=limits.seconds) + SMALLER) from None
    if done.returncode == -signal.SIGXCPU:
        raise Unreadable(TOO_LONG.format(seconds=limits.seconds) + SMALLER)
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
