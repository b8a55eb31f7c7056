"""The table of the forty cases names checks that exist."""

import re
from pathlib import Path

from todoke.proving.management.commands.verify import Command

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "reference" / "security-cases.md").read_text()


def rows() -> dict[str, str]:
    return {found[1]: found[2] for found in re.finditer(r"^\| (T\d\d) \| .+? \| (.+) \|$", TABLE, re.MULTILINE)}


def test_every_case_has_a_row_with_a_check_or_a_reason() -> None:
    assert {f"T{number:02}" for number in range(1, 41)} <= set(rows())
    assert sorted(rows())[:40] == [f"T{number:02}" for number in range(1, 41)]
    assert all("`" in checks or checks.startswith("not applicable") for checks in rows().values())


def test_every_test_that_is_named_exists() -> None:
    for case, checks in rows().items():
        for path, name in re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", checks):
            assert (ROOT / path).exists(), f"{case}: {path}"
            assert not name or f"def {name}(" in (ROOT / path).read_text(), f"{case}: {path}::{name}"


def test_every_proof_that_is_named_is_a_command() -> None:
    parser = Command().create_parser("./todoke", "verify")
    for case, checks in rows().items():
        for act in re.findall(r"`\./todoke verify (\w+)`", checks):
            assert parser.parse_args([act]).act == act, case
