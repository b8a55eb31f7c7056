"""The locks: every package is pinned by hash, names no registry, and can be imported."""

import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parents[2] / "requirements"
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]+\])?==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("name", sorted(path.name for path in LOCKS.glob("*.txt")))
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (LOCKS / name).read_text()
    assert not re.search(r"https?://", text)
    assert text.count("==") == len(PINNED.findall(text))
    assert all(
        "--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2]) if "==" in block
    )


@pytest.mark.parametrize(("package", "version"), PINNED.findall((LOCKS / "develop.txt").read_text()))
def test_every_locked_package_is_installed_as_locked(package: str, version: str) -> None:
    assert distribution(package).version == version


def test_the_runtime_lock_is_part_of_the_development_lock() -> None:
    runtime = set(PINNED.findall((LOCKS / "runtime.txt").read_text()))
    assert runtime <= set(PINNED.findall((LOCKS / "develop.txt").read_text()))


def modules_of(package: str) -> list[str]:
    """Top-level modules that a distribution brings."""
    tops = {path.parts[0].removesuffix(".py") for path in distribution(package).files or [] if path.suffix == ".py"}
    return sorted(top for top in tops if top.isidentifier() and not top.startswith("_"))


@pytest.mark.slow
def test_every_package_that_the_product_runs_on_can_be_imported() -> None:
    names = [
        module for package, _ in PINNED.findall((LOCKS / "runtime.txt").read_text()) for module in modules_of(package)
    ]
    program = "import django, importlib; django.setup(); [importlib.import_module(n) for n in " + repr(names) + "]"
    environment = {**os.environ, "PYTHONPATH": str(LOCKS.parent / "src")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert len(names) > 40
    assert done.returncode == 0, done.stderr[-2000:]


BY_NAME_ONLY = {"argon2-cffi": "Argon2PasswordHasher", "sudachidict-small": "sudachipy", "django-storages": "storages"}
"""What Django or a library looks up by a name in the settings, or in its own dictionary."""


@pytest.mark.parametrize("line", (LOCKS / "runtime.in").read_text().split())
def test_every_package_that_is_asked_for_is_used(line: str) -> None:
    package = re.split(r"[\[><=]", line)[0]
    source = "\n".join(path.read_text() for path in (LOCKS.parent / "src" / "todoke").rglob("*.py"))
    if package in BY_NAME_ONLY:
        assert BY_NAME_ONLY[package] in source
        return
    names = "|".join(modules_of(package))
    asked = rf"^(?:from|import) (?:{names})\b|\"(?:{names})\.|(?:LazyModule|import_module)\(\"(?:{names})\"\)"
    assert re.search(asked, source, re.MULTILINE), package
