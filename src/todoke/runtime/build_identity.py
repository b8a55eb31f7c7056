"""Build identity 版の照合値: which delivered source this process runs, and whether the database was migrated by it.

Processes of two versions on one database write for each other what the other does not understand. ``./todoke migrate``
records the build of the program that runs it before it changes the first table, and completes the record at the end; in
production every other build neither serves nor takes jobs from then on.
"""

import hashlib
import logging
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import monotonic

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from todoke.runtime.models import InstalledBuild
from todoke.runtime.production import is_production

RELEASE = "0.1.0"
"""The release of this source, as in pyproject.toml and CHANGELOG.md."""
SOURCE = Path(__file__).resolve().parents[1]
KINDS = frozenset({".py", ".html", ".toml", ".csv", ".typ", ".mo", ".css", ".js", ".xz"})
CHECK_SECONDS = 10.0
OTHER = (
    "データベースは、ほかの版のプログラムに合わせてあります(このプログラム {here}、データベース {there})。"
    "すべての機械に同じ版を置き、控えを取ってから、./todoke migrate を一度実行してください。"
)
NEVER = (
    "データベースは、まだこのプログラムに合わせてありません。控えを取ってから、./todoke migrate を実行してください。"
)
UNFINISHED = "データベースの移行が終わっていません。終わるのを待つか、./todoke migrate をもう一度実行してください。"
log = logging.getLogger(__name__)


@cache
def build_identity() -> str:
    """Return 16 hexadecimal digits of the delivered source, equal on every machine with the same version.

    Read once, when the process starts: a process keeps the build it loaded, whatever is put in its place meanwhile.
    """
    total = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in KINDS):
        total.update(str(path.relative_to(SOURCE)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def newest_build() -> InstalledBuild | None:
    """Return the record of the newest migration; None where no program has recorded one.

    Only columns are read that the table of every release has.
    """
    try:
        return InstalledBuild.objects.order_by("-pk").only("build", "completed_at").first()
    except DatabaseError as problem:
        if InstalledBuild._meta.db_table in str(problem):
            return None
        raise


def difference() -> str:
    """Return in a sentence how the database differs from this build and what to do; empty when they fit."""
    here, newest = build_identity(), newest_build()
    if newest is None:
        return NEVER
    if newest.build != here:
        return OTHER.format(here=here, there=newest.build)
    return UNFINISHED if newest.completed_at is None else ""


def require() -> None:
    """Check the build at the start of a process. Raises ImproperlyConfigured in production; elsewhere it warns."""
    build_identity()
    if said := difference():
        if is_production():
            raise ImproperlyConfigured(f"版が違うため、起動しません。{said}")
        log.warning("%s", said)


class BuildCheck:
    """照合: whether this process may serve, asked of the database at most every ``every`` seconds.

    Outside production another build is only a warning, so that a program can be changed while it runs. While the
    database does not answer, the last answer holds.
    """

    def __init__(self, *, every: float = CHECK_SECONDS, available: Callable[[], bool] = lambda: True) -> None:
        self.every, self.available = every, available
        self.said, self.asked = "", float("-inf")
        self.asking = threading.Lock()

    def refusal(self) -> str:
        """Return why this process must not serve, empty when it may; one thread asks, the others take what is known."""
        if monotonic() - self.asked > self.every and self.asking.acquire(blocking=False):
            try:
                self._ask()
            finally:
                self.asked = monotonic()
                self.asking.release()
        return self.said

    def _ask(self) -> None:
        try:
            if not self.available():
                return
            said = difference()
        except (DatabaseError, InterfaceError):
            return
        if said and said != self.said:
            (log.error if is_production() else log.warning)("%s", said)
        self.said = said if is_production() else ""
