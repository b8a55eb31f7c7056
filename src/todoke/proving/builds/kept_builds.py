"""Kept builds 検証用の環境の控え: the build of an installation, copied by whichever proof comes after the first.

``TODOKE_PROOF_BUILT`` names a folder that keeps builds for later runs, ``TODOKE_PROOF_TABLES`` one with databases whose
migrations have run already, named after their kind: a copied file of SQLite, or what pg_dump wrote.
"""

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from todoke.proving.cluster import Cluster

_PROVING = Path(__file__).parents[1]
_MADE_BY = (*_PROVING.parent.glob("*/migrations/*.py"), *_PROVING.rglob("*.py"))
_SCHEMA = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_MADE_BY))).hexdigest()[:12]
_KEPT = Path(os.environ.get("TODOKE_PROOF_BUILT", os.devnull)) / _SCHEMA
_BUILT = {kind: _KEPT / kind for kind in ("sqlite", "postgresql") if (_KEPT / kind).is_dir()}


def kept_build(kind: str) -> Path | None:
    """Return the folder of a build that was kept: ``folder``, and on PostgreSQL ``cluster``."""
    return _BUILT.get(kind)


def keep_build(kind: str, folder: Path, cluster: Cluster | None, *, for_later: bool) -> None:
    """Keep a copy of a build, for later runs too if a folder is named; of two builds at once the first is kept."""
    for_later = for_later and "TODOKE_PROOF_BUILT" in os.environ
    if for_later:
        _KEPT.mkdir(parents=True, exist_ok=True)
    copy = Path(tempfile.mkdtemp(prefix="todoke-built-", dir=_KEPT if for_later else None))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    shutil.copytree(folder, copy / "folder")
    if cluster:
        cluster.copy_to(copy / "cluster")
    _BUILT[kind] = copy
    if for_later:
        with contextlib.suppress(OSError):
            _BUILT[kind] = copy.rename(_KEPT / kind)


def take_tables(kind: str, folder: Path, cluster: Cluster | None) -> None:
    """Copy the migrated tables into an installation whose database is empty, where there are some to begin with."""
    tables = Path(os.environ.get("TODOKE_PROOF_TABLES", os.devnull)) / kind
    if not tables.is_file():
        return
    if cluster:
        cluster.load(tables)
    else:
        shutil.copyfile(tables, folder / "todoke.sqlite3")
