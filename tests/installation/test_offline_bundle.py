"""A closed network gets the program and its libraries in one file, and a file that was changed on the way stops it."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from todoke.installation.offline_bundle import PYTHON, SUMS, make_bundle, sums

ROOT = Path(__file__).resolve().parents[2]


def test_every_file_is_listed_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "x.py").write_text("x = 1\n")
    (tmp_path / SUMS).write_text("not itself")
    listed = dict(sums(tmp_path))
    assert list(listed) == ["src/x.py"]
    (tmp_path / SUMS).write_text("".join(f"{digest}  {path}\n" for path, digest in listed.items()))
    check = ["sha256sum", "--check", "--quiet", SUMS]
    assert subprocess.run(check, cwd=tmp_path).returncode == 0
    (tmp_path / "src" / "x.py").write_text("x = 2\n")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


def test_the_libraries_of_a_bundle_are_for_one_python_and_another_machine_says_so(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").touch()
    (tmp_path / PYTHON).write_text("python3.99\n")
    shutil.copy2(ROOT / "todoke", tmp_path)
    refused = subprocess.run(["./todoke", "prepare"], cwd=tmp_path, capture_output=True, text=True)
    assert (refused.returncode, "python3.99 のもの" in refused.stderr) == (1, True)


def without_network() -> Mapping[str, str]:
    """The surroundings of a machine from which no registry can be reached."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "TODOKE_", "PYTHON"))}
    return kept | {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}


@pytest.mark.nightly
@pytest.mark.sqlite
def test_an_empty_folder_becomes_the_program_without_a_network(tmp_path: Path) -> None:
    packed = make_bundle(ROOT, tmp_path / "medium")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "there", filter="data")
    place = next((tmp_path / "there").iterdir())
    lock = place / "requirements" / "runtime.txt"
    whole = lock.read_bytes()
    lock.write_bytes(whole.replace(b"sha256:0", b"sha256:1", 1))
    refused = subprocess.run(["./todoke", "prepare"], cwd=place, env=without_network(), capture_output=True, text=True)
    assert (refused.returncode, "照合値の違うファイルがあります" in refused.stderr) == (1, True)
    lock.write_bytes(whole)
    subprocess.run(["./todoke", "prepare"], cwd=place, env=without_network(), check=True)
    said = subprocess.run(["./todoke"], cwd=place, env=without_network(), capture_output=True, text=True, check=True)
    assert "使い方: ./todoke" in said.stdout
