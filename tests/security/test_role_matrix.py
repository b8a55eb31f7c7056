"""T04: every address × role × method answers what a person has reviewed; a new address without a row fails."""

import os

import pytest

from tests.security import matrix, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AWAY = "503"
HOW = "Run ./todoke test matrix, read the new rows of tests/security/role_matrix.csv, and commit them."


def test_every_address_answers_every_role_as_reviewed() -> None:
    here, known = world.build(), matrix.read()
    if os.environ.get("TODOKE_FILL_MATRIX"):
        there = {(name or pattern, method) for name, pattern in matrix.routes() for method in matrix.METHODS}
        kept = {key: row for key, row in known.items() if key in there}
        matrix.write(kept | matrix.observed(here, but=kept))
        return
    seen = matrix.observed(here)
    missing = sorted(f"{name} {method}" for name, method in seen.keys() - known.keys())
    assert not missing, f"{HOW}\n" + "\n".join(missing)
    gone = sorted(f"{name} {method}" for name, method in known.keys() - seen.keys())
    assert not gone, "These addresses are no more; take their rows out:\n" + "\n".join(gone)
    other = [
        f"{name} {method} as {role}: {row[role]}, reviewed {known[name, method][role]}"
        for (name, method), row in seen.items()
        for role in world.ROLES
        if row[role] != known[name, method][role]
    ]
    assert not other, "\n".join(other)


def test_nobody_gets_what_the_table_should_never_hold() -> None:
    for (name, method), row in matrix.read().items():
        assert not [role for role, status in row.items() if status.startswith("5") and status != AWAY], (
            f"{name} {method}"
        )
        if name.startswith(("office:", "studio:")):
            opened = [role for role in ("anonymous", "applicant", "resident") if row[role] not in {"302", "403"}]
            assert not opened, f"{name} {method} is open to {opened}"
