"""Stores 置き場: everything that an installation keeps, as bytes: rows, files, logs and backups."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator

from todoke.proving.installation import Installation

_DATABASE = "todoke.sqlite3"


def stores(installation: Installation) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each store; a backup is made first."""
    installation.manage_warm("backup", "--new-key")
    installation.manage_warm("backup", str(installation.folder / "backups"))
    _drop_output_of_tools(installation)
    yield "データベースの全行", _rows(installation)
    for path in sorted(installation.folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(installation.folder)), path.read_bytes()


def _drop_output_of_tools(installation: Installation) -> None:
    """Delete what the proof's own commands printed: among it the secrets that they made."""
    for said in installation.folder.glob("tmp*/said"):
        shutil.rmtree(said.parent)


def _rows(installation: Installation) -> bytes:
    """Return every row of every table as text; on SQLite after the log was written into the file."""
    if installation.cluster:
        dump = [str(installation.cluster.programs / "pg_dump"), "--inserts", installation.cluster.address]
        return subprocess.run(dump, capture_output=True, check=True).stdout  # noqa: S603 - our own cluster
    connection = sqlite3.connect(installation.folder / _DATABASE, timeout=30)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 - names of tables
        return "\n".join("\t".join(_text(cell) for cell in row) for row in rows).encode()
    finally:
        connection.close()


def _text(cell: object) -> str:
    return cell.hex() + " " + cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)
