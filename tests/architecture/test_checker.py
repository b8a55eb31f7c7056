"""The checker of admissions shares nothing with the engine whose results it checks, and the engine nothing with it."""

import sys
from pathlib import Path

from tests.architecture.imports import modules_of

ROOM = Path(__file__).resolve().parents[2] / "src" / "todoke" / "admissions"
CHECKER = {"checker", "placed_round", "explanation_check"}
ENGINE = sorted((ROOM / "engine").glob("*.py"))


def test_the_checker_imports_itself_and_what_comes_with_python() -> None:
    own = {f"todoke.admissions.{name}" for name in CHECKER}
    for name in CHECKER:
        for module in modules_of(ROOM / f"{name}.py"):
            assert module.split(".")[0] in sys.stdlib_module_names or module.rpartition(".")[0] in own | {
                "todoke.admissions"
            }, f"{name} imports {module}"
            assert not module.startswith("todoke.") or any(module.startswith(each) for each in own), module


def test_the_engine_does_not_import_the_checker_a_database_or_a_clock() -> None:
    assert len(ENGINE) > 5
    barred = {"django", "time", "datetime", "random", "secrets", "todoke.admissions.models"}
    barred |= {f"todoke.admissions.{name}" for name in CHECKER}
    for path in ENGINE:
        for module in modules_of(path):
            assert not any(module == each or module.startswith(f"{each}.") for each in barred), f"{path.name}: {module}"
