"""No module of the program imports, by whatever way, a module that imports it: not between rooms, nor inside one."""

import ast
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
MODULES = {
    ".".join(["todoke", *path.relative_to(HOUSE).with_suffix("").parts]).removesuffix(".__init__"): path
    for path in HOUSE.rglob("*.py")
    if "migrations" not in path.parts
}


def imports_of(path: Path) -> set[str]:
    """The modules of the program that a file imports as it is loaded."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            inside = {f"{node.module}.{name.name}" for name in node.names}
            found |= (inside & MODULES.keys()) | ({node.module} if inside - MODULES.keys() else set())
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules of which each reaches all others (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circles({name: imports_of(path) for name, path in MODULES.items()}) == []
