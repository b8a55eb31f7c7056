"""Provision 団体を加える: folder, keys, database and tables of one more municipality; run twice, it changes nothing.

Everything of a municipality is its own: a database with three roles that reach no other, a folder, a bucket or prefix,
keys. What its environment file leaves blank is made and written into it; the address of the owner of the tables goes
into a second file (``a.owner.env``) that servers and workers never read.
"""

import base64
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from django.conf import settings
from psycopg import sql

from todoke.continuity import pg_tools, stream_encryption
from todoke.runtime.build_identity import SOURCE
from todoke.runtime.environment import environment_of, owner_file

REQUIRED = {
    "TODOKE_VAR": "データの置き場",
    "TODOKE_MUNICIPALITY": "自治体の名前",
    "TODOKE_URL": "住民に見せるアドレス",
    "TODOKE_HOSTS": "ホスト名",
    "TODOKE_BACKUPS": "控えの置き場",
}
OWN = (*REQUIRED, "TODOKE_DATABASE", "TODOKE_FILES", "TODOKE_SECRET_KEY", "TODOKE_FIELD_KEYS", "TODOKE_BACKUP_KEY_FILE")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
ROLE = re.compile(r"\btodoke(?=_owner\b|_reader\b|\b)")
SCRIPTS = ("roles.sql", "owner.sql")
ALONE = (
    'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC; GRANT CONNECT ON DATABASE "{name}" TO "{name}", "{name}_reader";'
)


def _field_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


KEYS: dict[str, tuple[str, str, Callable[[], str]]] = {
    "TODOKE_SECRET_KEY": ("署名の鍵", "secret-key", partial(secrets.token_urlsafe, 64)),
    "TODOKE_FIELD_KEYS": ("答えの鍵", "field-key", _field_key),
}
"""Each with its name, the file that an installation made for itself, and how a new one is made."""


@dataclass(frozen=True)
class Step:
    """一つの用意: what it makes, whether it is there already, and how it is made."""

    what: str
    is_done: Callable[[], bool]
    make: Callable[[], object]


def problems(file: Path) -> Iterator[str]:
    """Yield in sentences what is missing in an environment file, or shared with another one beside it."""
    here = environment_of(file)
    yield from (f"{name}({what})がありません。" for name, what in REQUIRED.items() if not here.get(name))
    public = urlsplit(here.get("TODOKE_URL", ""))
    if public.scheme != "https" or public.hostname not in here.get("TODOKE_HOSTS", "").split(","):
        yield "TODOKE_URL は https:// で始め、そのホスト名を TODOKE_HOSTS に書いてください。"
    if (address := here.get("TODOKE_DATABASE", "")) and not NAME.fullmatch(database_name(address)):
        yield "データベースの名前は、英小文字で始め、英小文字・数字・下線の40文字までにしてください。"
    for other in sorted(file.parent.glob("*.env")):
        if other != file and not other.name.endswith(".owner.env"):
            there = environment_of(other)
            same = [name for name in OWN if here.get(name) and here.get(name) == there.get(name)]
            if same:
                yield f"{'、'.join(same)} が {other.name} と同じです。団体ごとに分けてください。"


def database_name(address: str) -> str:
    """Return the name of the database in an address."""
    return urlsplit(address).path.lstrip("/")


def steps(file: Path, administrator: str) -> list[Step]:
    """Return what makes the installation of an environment file; ``administrator`` is an address of PostgreSQL."""
    here = environment_of(file)
    folder, backup_key = Path(here["TODOKE_VAR"]), _backup_key(here)
    found = [
        *(Step(it[0], partial(_has, file, name, it[1]), partial(_add, file, name, it[2])) for name, it in KEYS.items()),
        Step("データの置き場", folder.is_dir, partial(folder.mkdir, parents=True, mode=0o700)),
        Step("控えの鍵", backup_key.exists, partial(stream_encryption.make_key, backup_key)),
    ]
    if address := here.get("TODOKE_DATABASE", ""):
        found += _database_steps(file, address, administrator)
    return [*found, Step("表", partial(_has_tables, file), partial(_migrate, file))]


def _database_steps(file: Path, address: str, administrator: str) -> list[Step]:
    name, owners = database_name(address), owner_file(file)
    parts = urlsplit(administrator)

    def write_owner() -> None:
        place = f"{parts.hostname}:{parts.port or 5432}"
        line = f"TODOKE_DATABASE_DIRECT=postgresql://{name}_owner:{quote(secrets.token_urlsafe(24))}@{place}/{name}\n"
        owners.touch(mode=0o600)
        owners.write_text(line)

    def make() -> None:
        with psycopg.connect(administrator, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        direct = environment_of(owners)["TODOKE_DATABASE_DIRECT"]
        passwords = {name: address, f"{name}_owner": direct}
        run_scripts(administrator, name)
        with psycopg.connect(administrator, autocommit=True) as server:
            for role, place in passwords.items():
                word = unquote(urlsplit(place).password or "")
                if word:
                    told = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(word))
                    server.execute(told)

    return [
        Step("表の持ち主の合言葉", owners.exists, write_owner),
        Step("データベースと役割", lambda: _exists(administrator, name), make),
    ]


def run_scripts(administrator: str, name: str) -> None:
    """Run the delivered scripts of roles in the database ``name`` with its own roles. Raises ProgramFailed."""
    for script in SCRIPTS:
        text = (settings.ROOT / "deploy" / "postgresql" / script).read_text()
        lines = [line for line in text.splitlines() if "todoke_replication" not in line]
        pg_tools.psql(administrator, name, ROLE.sub(name, "\n".join(lines)))
    pg_tools.psql(administrator, name, ALONE.format(name=name))


def _exists(administrator: str, name: str) -> bool:
    with psycopg.connect(administrator, autocommit=True) as server:
        return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _has(file: Path, name: str, kept: str) -> bool:
    """Whether a key is given, or kept by an installation that is in use: another key would open none of its data."""
    here = environment_of(file)
    return bool(here.get(name)) or (Path(here["TODOKE_VAR"]) / kept).exists()


def _add(file: Path, name: str, make: Callable[[], str]) -> None:
    """Write a new key into an environment file, in place of an empty line of it."""
    kept = [line for line in file.read_text().splitlines() if line.strip() != f"{name}="]
    file.write_text("\n".join([*kept, f"{name}={make()}", ""]))
    file.chmod(0o600)


def _backup_key(here: dict[str, str]) -> Path:
    return Path(here.get("TODOKE_BACKUP_KEY_FILE") or Path(here["TODOKE_VAR"]) / "backup-key")


def todoke(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the installation of an environment file, as the owner of its tables."""
    there = environment_of(file, owner_file(file)) | {"PYTHONPATH": str(SOURCE.parent)}
    command = [sys.executable, "-m", "todoke", *words]
    return subprocess.run(command, env=there, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def _has_tables(file: Path) -> bool:
    """Whether all tables are there; where nothing was made yet, nothing is asked, since asking makes the folder."""
    made = Path(environment_of(file)["TODOKE_VAR"]).is_dir()
    return made and todoke(file, "migrate", "--check").returncode == 0


def _migrate(file: Path) -> None:
    told = todoke(file, "migrate", "-v", "0")
    if told.returncode:
        raise pg_tools.ProgramFailed(told.stderr.strip()[-500:])
