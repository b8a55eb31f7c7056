"""A row of a room above audit changes on a condition in one place: audit/transitions.py."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
BELOW = {"audit", "organization", "accounts", "jobs", "design", "spreadsheets", "file_validation", "runtime"}
MODULES = sorted(
    path
    for path in HOUSE.rglob("*.py")
    if path.relative_to(HOUSE).parts[0] not in BELOW | {"proving"} and "migrations" not in path.parts
)
"""``proving`` breaks the conditions on purpose, to show that its proofs find it."""


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of a chain such as ``rows.filter(…).exclude(…).update(…)``, the last one first."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield node
        node = node.func.value


def _is_one_row_on_a_condition(node: ast.AST) -> bool:
    """Whether a chain holds ``filter(pk=row.pk, …)`` with a condition on another column."""
    for call in _calls(node):
        keys = {word.arg for word in call.keywords}
        if isinstance(call.func, ast.Attribute) and call.func.attr == "filter" and "pk" in keys and len(keys) > 1:
            return True
    return False


def own_conditional_updates(source: str) -> list[int]:
    """Return the lines on which one row is updated on a condition, directly or through a name."""
    tree = ast.parse(source)
    named = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_one_row_on_a_condition(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and (
            _is_one_row_on_a_condition(node.func.value)
            or (isinstance(node.func.value, ast.Name) and node.func.value.id in named)
        )
    ]


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def test_no_room_writes_a_conditional_update_of_its_own() -> None:
    found = {name_of(path): own_conditional_updates(path.read_text()) for path in MODULES}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "Plan.objects.filter(pk=self.pk, status=before).update(status=to)",
        "Hold.objects.filter(pk=hold.pk, lifted_at__isnull=True).update(lifted_at=now)",
        "still = Letter.objects.to_post().filter(pk=self.pk, posted_at=None)\nstill.update(released_at=now)",
    ],
)
def test_a_conditional_update_is_found(source: str) -> None:
    assert own_conditional_updates(source) == [source.count("\n") + 1]


def test_an_unconditional_update_is_not_found() -> None:
    assert own_conditional_updates("Case.objects.filter(pk=self.pk).update(due_on=day)") == []


def test_a_table_of_transitions_names_every_status() -> None:
    machines: list[Any] = [model for model in apps.get_models() if hasattr(model, "NEXT")]
    assert len(machines) >= 15
    for model in machines:
        statuses = set(model.Status.values)
        assert set(model.NEXT) == statuses, model.__name__
        assert set().union(*model.NEXT.values()) <= statuses, model.__name__
