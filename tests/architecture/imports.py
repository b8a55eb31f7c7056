"""Source files as syntax trees, and what each imports."""

import ast
from functools import cache
from pathlib import Path

from todoke import lazy_modules

LAZY = {"np": "numpy", "pl": "polars"}


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file, read once for all tests of a process; nobody changes it."""
    return ast.parse(path.read_text())


@cache
def modules_of(path: Path) -> frozenset[str]:
    """Return every module that a file imports from, dotted; ``from a import b`` gives ``a`` and ``a.b``.

    A library that is loaded when it is used counts as imported by the file that names it.
    """
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            if node.module == lazy_modules.__name__:
                found |= {LAZY.get(alias.name, alias.name) for alias in node.names}
    return frozenset(found)


def dotted_name(node: ast.AST) -> str:
    """Return ``a.b.c`` of names and attributes; of what a call or an index gives only the attributes after it."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))
