"""The tests themselves: where helpers live, that every test has an outcome, and that no machine is too slow for it."""

import ast
from pathlib import Path

from tests.architecture.imports import dotted_name, modules_of, tree_of

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MEASUREMENTS = sorted((ROOT / "benchmarks").rglob("*.py"))
ASSERTING = {"accessible", "django_assert_max_num_queries", "django_assert_num_queries", "expect", "pytest.raises"}
"""What fails by itself when the outcome is another one: fixtures and functions of pytest and the browser."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
CLOCK = {"today", "now", "localdate", "localtime"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def decides(function: Function, helpers: set[str]) -> bool:
    """Tell whether a test can fail by what came out: an assertion, or a call of something that asserts."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and dotted_name(node.func) in helpers):
            return True
    return False


def without_outcome(tree: ast.Module) -> list[str]:
    """The tests of a module that assert nothing; a helper of the module counts when it asserts itself."""
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    helpers = ASSERTING | {each.name for each in tree.body if isinstance(each, Function) and decides(each, ASSERTING)}
    return [each.name for each in functions if each.name.startswith("test_") and not decides(each, helpers)]


def read_at_import(node: ast.AST) -> list[str]:
    """The calls of a module that ask for the day or the time while it is imported, outside the bodies of functions."""
    if isinstance(node, Function | ast.Lambda):
        inner: list[ast.AST] = [*getattr(node, "decorator_list", ()), node.args]
    else:
        inner = list(ast.iter_child_nodes(node))
    found = [call for child in inner for call in read_at_import(child)]
    if isinstance(node, ast.Call) and dotted_name(node.func).rsplit(".", 1)[-1] in CLOCK:
        found.append(ast.unparse(node))
    return found


def test_what_rooms_share_lives_in_the_cast() -> None:
    borrowed = {path: [name.split(".") for name in modules_of(path)] for path in TESTS}
    assert [name_of(path) for path, names in borrowed.items() if any(name[0] == "benchmarks" for name in names)] == []
    shared = [(path, name[1:]) for path, names in borrowed.items() for name in names if name[0] == "tests" and name[2:]]
    homes = {path: {"cast", path.relative_to(ROOT / "tests").parts[0]} for path in TESTS}
    assert [f"{name_of(path)}: {rest[0]} is another room" for path, rest in shared if rest[0] not in homes[path]] == []
    assert [f"{name_of(path)}: {rest[1]} is a test" for path, rest in shared if rest[1].startswith("test_")] == []


def test_measurements_borrow_from_the_cast_only() -> None:
    borrowed = {path: {name for name in modules_of(path) if name.startswith("tests.")} for path in MEASUREMENTS}
    others = {path: {name for name in names if not name.startswith("tests.cast")} for path, names in borrowed.items()}
    assert {name_of(path): names for path, names in others.items() if names} == {}


def test_every_test_has_an_outcome() -> None:
    silent = {path: without_outcome(tree_of(path)) for path in TESTS if path.name.startswith("test_")}
    assert {name_of(path): names for path, names in silent.items() if names} == {}


def test_a_test_without_an_outcome_is_found() -> None:
    silent = "def helper():\n    pass\ndef test_nothing():\n    helper()\n"
    spoken = "def helper():\n    assert False\ndef test_something():\n    helper()\n"
    assert without_outcome(ast.parse(silent)) == ["test_nothing"]
    assert without_outcome(ast.parse(spoken)) == []


def test_no_day_is_kept_from_before_midnight() -> None:
    """A day read at import is yesterday for a test that runs after midnight."""
    early = {path: read_at_import(tree_of(path)) for path in TESTS}
    assert {name_of(path): calls for path, calls in early.items() if calls} == {}


def test_a_day_read_at_import_is_found() -> None:
    early = "A = {'day': str(today())}\n@mark(timezone.now())\ndef test(day=localdate()):\n    assert today()\n"
    assert read_at_import(ast.parse(early)) == ["today()", "timezone.now()", "localdate()"]
    assert read_at_import(ast.parse("def week():\n    return today()\nB = lambda: today()\n")) == []
