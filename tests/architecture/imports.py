"""What a source file imports, read from its syntax tree."""

import ast
from pathlib import Path


def modules_of(path: Path) -> set[str]:
    """Return every module that a file imports from, dotted; ``from a import b`` gives ``a`` and ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
