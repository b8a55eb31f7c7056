"""Test databases copied from a template: migrations run once for all processes of a run, and again when one changes."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection

from todoke.proving.cluster import MissingProgram, postgresql_programs

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "src/todoke/*/migrations/*.py",
    "src/todoke/guidance/data/*",
    "src/todoke/**/*triggers.py",
    "requirements/runtime.txt",
)
ADMINISTRATION = "postgres"


def sources() -> dict[str, str]:
    """Return the files that the tables depend on with a digest of each."""
    paths = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def fingerprint(files: dict[str, str]) -> str:
    """Return 16 hexadecimal digits; another value means another template."""
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time build and copy."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(var: Path, address: str) -> None:
    """Run all migrations on an empty database."""
    environment = {**os.environ, "TODOKE_VAR": str(var), "TODOKE_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "todoke", "migrate", "-v", "0"]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


class SqliteTemplate:
    """A file per fingerprint; what was copied last is noted beside the copy."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, sources()
        self.name = fingerprint(self.files)
        self.file = folder / f"{self.name}.sqlite3"
        self.target = Path(connection.settings_dict["TEST"]["NAME"])
        self.note = self.target.with_name(self.target.name + ".template")

    def is_current(self) -> bool:
        return self.target.exists() and self.note.exists() and self.note.read_text() == self.name

    def build(self) -> None:
        if self.file.exists():
            return
        var = self.folder / f"{self.name}.building"
        shutil.rmtree(var, ignore_errors=True)
        var.mkdir()
        if earlier := self.earlier():
            shutil.copyfile(earlier, var / "todoke.sqlite3")
        migrate(var, "")
        (var / "todoke.sqlite3").rename(self.file)
        self.file.with_suffix(".json").write_text(json.dumps(self.files))
        shutil.rmtree(var)

    def earlier(self) -> Path | None:
        """The template that only lacks the newest migrations: what it was made from is here, and unchanged."""
        made = {path.with_suffix(".sqlite3"): json.loads(path.read_text()) for path in self.folder.glob("*.json")}
        fitting = [path for path, files in made.items() if files.items() <= self.files.items()]
        return max(fitting, key=lambda path: len(made[path]), default=None)

    def copy(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self.target.with_name(self.target.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.file, self.target)
        self.note.write_text(self.name)

    def hand_over(self, folder: Path) -> None:
        """Copy the tables to where the proofs look for theirs."""
        shutil.copyfile(self.file, folder / "sqlite")


class PostgresTemplate:
    """A database per fingerprint; what was copied last is the comment on the copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = urlsplit(os.environ["TODOKE_DATABASE"])
        self.template = f"todoke_template_{fingerprint(sources())}"
        self.target = connection.settings_dict["TEST"].get("NAME") or f"test_{connection.settings_dict['NAME']}"

    def _address(self, name: str) -> str:
        return urlunsplit(self.parts._replace(path=f"/{name}"))

    def _ask(self, query: str, *values: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self._address(ADMINISTRATION), autocommit=True) as link:
            answer = link.execute(query.encode(), values or None)
            return answer.fetchall() if answer.description else []

    def is_current(self) -> bool:
        noted = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        return self._ask(noted, self.target) == [(self.template,)]

    def build(self) -> None:
        if self._ask("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
            return
        building = f"{self.template}_building"
        self._ask(f'DROP DATABASE IF EXISTS "{building}"')
        self._ask(f'CREATE DATABASE "{building}"')
        migrate(self.folder, self._address(building))
        self._ask(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')

    def copy(self) -> None:
        self._ask(f'DROP DATABASE IF EXISTS "{self.target}" WITH (FORCE)')
        self._ask(f'CREATE DATABASE "{self.target}" TEMPLATE "{self.template}"')
        self._ask(f"COMMENT ON DATABASE \"{self.target}\" IS '{self.template}'")

    def hand_over(self, folder: Path) -> None:
        """Write the tables as statements to where the proofs look for theirs."""
        programs = postgresql_programs()
        if programs is None:
            raise MissingProgram("PostgreSQL")
        command = [str(programs / "pg_dump"), "-d", self._address(self.template), "-f", str(folder / "postgresql")]
        subprocess.run(command, check=True)


def database_template() -> SqliteTemplate | PostgresTemplate:
    """Return the template of the configured database."""
    folder = Path(os.environ.get("TODOKE_TEST_TEMPLATES") or settings.VAR / "test-templates")
    return SqliteTemplate(folder) if connection.vendor == "sqlite" else PostgresTemplate(folder)


def provide(*, anew: bool) -> None:
    """Put a migrated database where the tests expect theirs; one that is there and current is kept unless ``anew``."""
    template = database_template()
    if template.is_current() and not anew:
        return
    with locked(template.folder):
        template.build()
        template.copy()


def build(*, proofs: Path | None = None) -> None:
    """Build the template of the configured database; copy it nowhere yet but for the proofs."""
    template = database_template()
    with locked(template.folder):
        template.build()
    if proofs is not None:
        proofs.mkdir(exist_ok=True)
        template.hand_over(proofs)
