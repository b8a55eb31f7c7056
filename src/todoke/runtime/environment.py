"""Environment 環境変数: settings read from ``TODOKE_*`` variables or from files under ``var``."""

import base64
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

OWN = "TODOKE_"


def flag(name: str, default: bool = False) -> bool:
    """Return whether a variable is on: 1, true, yes or on."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def given(name: str, default: str = "") -> str:
    """Return a value: of the variable, else of the file that ``<name>_FILE`` names, else the default.

    Raises OSError for a file that cannot be read.
    """
    if name in os.environ:
        return os.environ[name]
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else default


def secret_key(var: Path) -> str:
    """Return the secret key from the environment, or one generated once into a private file under ``var``."""
    if key := given("TODOKE_SECRET_KEY"):
        return key
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


def field_keys(var: Path) -> list[str]:
    """Return the keys of encrypted answers, newest first: from the environment, or one generated under ``var``."""
    if keys := given("TODOKE_FIELD_KEYS"):
        return keys.split(",")
    path = var / "field-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return path.read_text().split(",")


def installation_key(var: Path) -> str:
    """Return the private key of the installation (32 bytes in base64): given, or generated once under ``var``."""
    if key := given("TODOKE_INSTALLATION_KEY"):
        return key
    path = var / "installation-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return path.read_text()


def peers() -> dict[str, str]:
    """Return the public keys of other municipalities by name, from ``TODOKE_PEERS`` (``霞市=…,湊町=…``)."""
    pairs = (part.strip().partition("=") for part in os.environ.get("TODOKE_PEERS", "").split(","))
    return {name: key for name, _, key in pairs if key}


_LIMITS = "-c statement_timeout=30s -c lock_timeout=5s -c TimeZone=UTC"
_DIRECT: dict[str, Any] = {"prepare_threshold": 3, "server_side_binding": True, "options": _LIMITS}
"""Without a pooler PostgreSQL gets values apart from the text, and plans a frequent statement once (decision 21)."""


def database(var: Path, *, pooler: bool) -> dict[str, Any]:
    """Return the database settings: SQLite under ``var`` unless ``TODOKE_DATABASE`` is a ``postgresql://`` address."""
    address = given("TODOKE_DATABASE")
    if address.startswith("postgresql://"):
        return _postgresql(address, pooler=pooler)
    return {
        "ENGINE": "todoke.runtime.sqlite",
        "NAME": address.removeprefix("sqlite:///") or var / "todoke.sqlite3",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": os.environ.get("TODOKE_TEST_DATABASE") or var / "tests.sqlite3"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4096; "
            "PRAGMA secure_delete=ON;",
        },
    }


def direct_database() -> dict[str, Any] | None:
    """Return the settings of ``TODOKE_DATABASE_DIRECT``, an address of PostgreSQL past any pooler; None without one."""
    address = given("TODOKE_DATABASE_DIRECT")
    return _postgresql(address, pooler=False) if address else None


def _postgresql(address: str, *, pooler: bool) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "todoke.runtime.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooler,
        "OPTIONS": {"connect_timeout": 5} | ({"prepare_threshold": None} if pooler else _DIRECT),
    }


def environment_of(*files: Path) -> dict[str, str]:
    """Return the variables of the installation of environment files, the later over the earlier; a file may be missing.

    None of the variables of this process's own installation are among them.
    """
    lines = [line for path in files if path.exists() for line in path.read_text().splitlines()]
    given = dict(line.split("=", 1) for line in lines if "=" in line and line[:1] != "#")
    rest = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return rest | {name.strip(): value.strip().strip("'\"") for name, value in given.items()}


def owner_file(path: Path) -> Path:
    """Return the file beside an environment file with the address of the owner of the tables (``a.owner.env``)."""
    return path.with_name(f"{path.name.removesuffix('.env')}.owner.env")
