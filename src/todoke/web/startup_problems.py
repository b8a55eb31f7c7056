"""Startup problems 始められないわけ: why a command cannot work on this installation, and what to do."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError
from django.db.utils import InterfaceError

from todoke.runtime import build_identity

EMPTY = "データベースがまだ空です。先に ./todoke migrate を実行してください。"
OLDER = "データベースの表が、このプログラムと合いません。控えを取ってから、./todoke migrate を実行してください。"
NO_RIGHT = (
    "データベースの役割に、この操作の権限がありません。表を作る migrate と restore は表の持ち主(todoke_owner)で、"
    "ほかの命令は todoke で実行してください(TODOKE_DATABASE)。"
)
NO_DATABASE = "データベースにつながりません({why})。動いているかと、TODOKE_DATABASE を確かめてください。"
NO_FILE = "{path} を使えません({why})。TODOKE_VAR などの置き場と、その持ち主を確かめてください。"
_MISSING = ("no such table", "no such column", "does not exist", "has no column")
_UNREACHABLE = ("unable to open", "could not connect", "connection failed", "connection refused", "is starting up")
_RIGHT = ("permission denied for", "must be owner")


def sentence(problem: Exception) -> str:
    """Return what is missing and what to do, for a problem of the installation; "" for any other."""
    if isinstance(problem, ImproperlyConfigured):
        return str(problem)
    if isinstance(problem, DatabaseError | InterfaceError):
        return _of_database(problem)
    if isinstance(problem, OSError) and problem.filename:
        return NO_FILE.format(path=problem.filename, why=problem.strerror)
    return ""


def _of_database(problem: DatabaseError | InterfaceError) -> str:
    said = str(problem)
    if any(words in said for words in _RIGHT):
        return NO_RIGHT
    if isinstance(problem, OperationalError) and (
        any(words in said for words in _UNREACHABLE) or ("database" in said and "does not exist" in said)
    ):
        return NO_DATABASE.format(why=said.strip().splitlines()[-1][:160])
    if any(words in said for words in _MISSING):
        return next(_state(), OLDER)
    return ""


def _state() -> Iterator[str]:
    """Yield what the database says about its migrations, where it can be asked."""
    try:
        if build_identity.newest_build() is None:
            yield EMPTY
        elif said := build_identity.difference():
            yield said
    except DatabaseError:
        return
