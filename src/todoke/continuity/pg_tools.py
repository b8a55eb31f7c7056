"""PostgreSQL's programs 付属の道具 (pg_dump, pg_restore), run against our database past any pooler."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from todoke.runtime.database.direct_connection import UNLIMITED, direct_settings


class ProgramFailed(Exception):
    """A PostgreSQL program is missing or returned an error (道具の失敗)."""


def program_path(name: str) -> str:
    """Return the path of a program, on the PATH or in the newest PostgreSQL of Debian. Raises ProgramFailed."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    path = str(newest[-1]) if newest else shutil.which(name)
    if path is None:
        raise ProgramFailed(f"{name} が見つかりません。postgresql-client を入れてください。")
    return path


def connection_environment() -> dict[str, str]:
    """Return the PG* variables of the direct connection, without time limits; the password is never an argument.

    Raises DirectAddressMissing.
    """
    chosen = direct_settings()
    names = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}
    place = {variable: str(chosen[name]) for name, variable in names.items() if chosen.get(name)}
    return {**os.environ, **place, "PGOPTIONS": UNLIMITED}


def psql(administrator: str, database: str, script: str) -> None:
    """Run a script in a database at an administrator's address. Raises ProgramFailed with its error text."""
    parts = urlsplit(administrator)
    place = {"PGHOST": parts.hostname, "PGPORT": str(parts.port or ""), "PGUSER": parts.username}
    place |= {"PGPASSWORD": parts.password, "PGDATABASE": database}
    environment = {**os.environ, **{name: unquote(value) for name, value in place.items() if value}}
    command = [program_path("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        command, input=script, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramFailed(f"psql: {done.stderr.strip()[-500:]}")


def run(name: str, *arguments: str, **more: Any) -> str:
    """Run a program and return its output. Raises ProgramFailed with its error text."""
    command = [program_path(name), *arguments]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        command, env=connection_environment(), capture_output=True, text=True, check=False, **more
    )
    if done.returncode:
        raise ProgramFailed(f"{name}: {done.stderr.strip()[-500:]}")
    return str(done.stdout)
