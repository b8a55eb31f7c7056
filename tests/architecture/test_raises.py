"""Every exception of ours that a public function raises by itself is named in its docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.imports import tree_of

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "todoke"
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _exceptions_of_ours() -> frozenset[str]:
    """Return the names of the classes in todoke that descend from an exception."""
    bases: dict[str, set[str]] = {}
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(_last_name(base) for base in node.bases)
    found = {name for name, parents in bases.items() if any(one.endswith(("Exception", "Error")) for one in parents)}
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return frozenset(found)


def _last_name(node: ast.AST) -> str:
    """Return the last part of a dotted name, of a call the name of what is called; empty for anything else."""
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _raised(function: Function) -> Iterator[str]:
    """Yield the names after ``raise`` in a function, not those in functions inside it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield _last_name(node.exc)
        waiting.extend(ast.iter_child_nodes(node))


def _public(body: list[ast.stmt]) -> Iterator[Function]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node.body)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def unnamed(tree: ast.Module, ours: frozenset[str]) -> list[str]:
    """Return ``function: exception`` for every exception that a public function raises and does not name."""
    return sorted(
        f"{function.name}: {name}"
        for function in _public(tree.body)
        for name in set(_raised(function)) & ours
        if name not in (ast.get_docstring(function) or "")
    )


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_docstring_names_what_is_raised() -> None:
    ours = _exceptions_of_ours()
    assert len(ours) > 20
    assert [f"{name_of(path)}: {each}" for path in MODULES for each in unnamed(tree_of(path), ours)] == []


def test_an_exception_that_is_not_named_is_found() -> None:
    silent = 'def act():\n    """Do it."""\n    raise Refused("no")\n'
    assert unnamed(ast.parse(silent), frozenset({"Refused"})) == ["act: Refused"]
    assert unnamed(ast.parse(silent.replace("Do it.", "Do it. Raises Refused.")), frozenset({"Refused"})) == []
