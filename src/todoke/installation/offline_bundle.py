"""Offline bundle 閉じた網に持ち込む一式: the program, its libraries and their hashes in one file."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from todoke.runtime.build_identity import build_identity
from todoke.runtime.refusals import Unreadable

DELIVERED = (
    "todoke", "pyproject.toml", "LICENSE", "NOTICE.md", "README.md", "README.ja.md", "CHANGELOG.md", "SECURITY.md",
    "publiccode.yml", "requirements", "src", "deploy", "docs",
)  # fmt: skip
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "secrets", ".env")
SUMS = "SHA256SUMS"
PYTHON = "PYTHON"
"""The file that tells the launcher which Python the libraries are for."""


def make_bundle(source: Path, target: Path, *, lock: str = "requirements/runtime.txt") -> Path:
    """Write the bundle of a source folder into a folder and return its path; libraries are those of this Python.

    Raises Unreadable where a library cannot be fetched.
    """
    name = f"todoke-{build_identity()}-python3.{sys.version_info.minor}"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.mkdir()
        for each in DELIVERED:
            if (source / each).is_dir():
                shutil.copytree(source / each, place / each, ignore=LEFT_OUT)
            else:
                shutil.copy2(source / each, place / each)
        _fetch(source / lock, place / "wheels")
        (place / PYTHON).write_text(f"python3.{sys.version_info.minor}\n")
        (place / SUMS).write_text("".join(f"{digest}  {path}\n" for path, digest in sums(place)), encoding="utf-8")
        packed = target / f"{name}.tar.gz"
        with tarfile.open(packed, "w:gz") as archive:
            archive.add(place, name, filter=_of_nobody)
    return packed


def sums(place: Path) -> Iterator[tuple[str, str]]:
    """Yield each file of a folder by its path, with its SHA-256."""
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.name != SUMS:
            yield path.relative_to(place).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _fetch(lock: Path, place: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run(  # noqa: S603 - pip of this Python
        [*command, "--only-binary=:all:", "-r", str(lock), "-d", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unreadable(f"ライブラリを集められませんでした。ネットワークを確かめてください。{done.stderr[-300:]}")


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
