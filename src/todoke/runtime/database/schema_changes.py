"""Schema changes 表の形の変更: which migrations take something away that the release in use still needs.

A release first *expands* (new tables, new columns that may be empty or have a default of the database) and only later
*contracts*. A migration that contracts names the release since which the program does not use what it removes::

    class Migration(migrations.Migration):
        unused_since = "0.2.0"

It may be applied where that release, or a newer one, is installed: then what last used it is two releases old, and the
installed program can go on if the upgrade is called off.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

REMOVES = (
    operations.RemoveField, operations.DeleteModel, operations.RenameField, operations.RenameModel,
    operations.AlterModelTable,
)  # fmt: skip
SQL_REMOVES = re.compile(r"\b(DROP|RENAME|TRUNCATE)\b", re.IGNORECASE)
OURS = "todoke."


@dataclass(frozen=True)
class Contraction:
    """縮小: one operation of a migration that the release in use cannot live with."""

    migration: str
    what: str
    unused_since: str


def release_number(text: str) -> tuple[int, ...]:
    """Return a release (``0.2.0``) as numbers to compare; () for none."""
    return tuple(int(part) for part in re.findall(r"\d+", text))


def contractions(plan: Sequence[tuple[Migration, bool]], state: ProjectState) -> Iterator[Contraction]:
    """Yield what a plan takes away from tables that ``state`` has; what the plan itself made is nobody's loss."""
    state, made = state.clone(), set[tuple[str, str]]()
    for migration, _ in plan:
        for operation in _of_database(migration.operations):
            if isinstance(operation, operations.CreateModel):
                made.add((migration.app_label, operation.name_lower))
            elif _model_of(migration, operation) not in made and _contracts(migration.app_label, operation, state):
                since = getattr(migration, "unused_since", "")
                yield Contraction(f"{migration.app_label}.{migration.name}", operation.describe(), since)
        migration.mutate_state(state, preserve=False)


def refused(found: Sequence[Contraction], installed: str) -> list[Contraction]:
    """Return the contractions that a database of the release ``installed`` must not take."""
    here = release_number(installed)
    return [it for it in found if not it.unused_since or not here or release_number(it.unused_since) > here]


def without_way_back(plan: Sequence[tuple[Migration, bool]]) -> list[str]:
    """Return the columns that the release in use cannot fill: never empty, and without a default of the database."""
    made, found = set[tuple[str, str]](), []
    for migration, _ in plan:
        for operation in _of_database(migration.operations):
            if isinstance(operation, operations.CreateModel):
                made.add((migration.app_label, operation.name_lower))
            elif isinstance(operation, operations.AddField) and _model_of(migration, operation) not in made:
                field = operation.field
                if not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED):
                    found.append(f"{migration.app_label}.{operation.model_name}.{operation.name}")
    return found


def _of_database(given: Sequence[Any]) -> Iterator[Any]:
    """Yield the operations that touch the database."""
    for operation in given:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _of_database(operation.database_operations)
        else:
            yield operation


def _model_of(migration: Migration, operation: Any) -> tuple[str, str]:
    name = getattr(operation, "model_name_lower", "") or getattr(operation, "name_lower", "")
    return migration.app_label, str(getattr(operation, "old_name_lower", "") or name)


def _contracts(app: str, operation: Any, state: ProjectState) -> bool:
    if isinstance(operation, REMOVES):
        return True
    if isinstance(operation, operations.RunSQL):
        return bool(SQL_REMOVES.search(str(operation.sql)))
    if not isinstance(operation, operations.AlterField):
        return False
    before = state.models[app, operation.model_name_lower].fields.get(operation.name)
    return before is not None and _narrows(before, operation.field)


def _narrows(before: Any, after: Any) -> bool:
    """Tell whether a column takes less than before: not empty any more, shorter, or of another type."""
    shorter = bool(before.max_length and after.max_length and after.max_length < before.max_length)
    return (before.null and not after.null) or shorter or _type(before) != _type(after)


def _type(field: Any) -> str:
    """Return the type of a column without its length."""
    kind = field.clone().db_type(connection) if not field.remote_field else "reference"
    return (kind or "").partition("(")[0]
