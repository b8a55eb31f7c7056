"""The mutants of a module: one small change each, at one place inside a function."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
UNTOUCHED = {"annotation", "returns", "decorator_list", "defaults", "kw_defaults", "format_spec", "ctx"}
TESTS = {"test", "ifs"}
LONGEST = 70


@dataclass(frozen=True)
class Change:
    """A node of a function and what may stand in its place; ``at`` is the place in a list of nodes."""

    function: str
    holder: ast.AST
    name: str
    at: int | None
    old: ast.AST
    new: ast.AST

    def apply(self) -> None:
        if self.at is None:
            setattr(self.holder, self.name, self.new)
        else:
            getattr(self.holder, self.name)[self.at] = self.new


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of a module: its line, which of all its changes it is, and the words before and after."""

    line: int
    number: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.line}: {self.before} → {self.after}"

    def tree(self, source: str) -> ast.Module:
        """Return the module with this change in it."""
        tree = ast.parse(source)
        next(islice(_changes(tree), self.number, None)).apply()
        return ast.fix_missing_locations(tree)


def mutants_of(source: str, functions: Sequence[str] = ()) -> Iterator[Mutant]:
    """Yield all changes of a module, or only those in the functions named."""
    for number, change in enumerate(_changes(ast.parse(source))):
        if not functions or change.function in functions:
            line = getattr(change.old, "lineno", 0)
            yield Mutant(line, number, _words(change.old), _words(change.new))


def _words(node: ast.AST) -> str:
    words = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _changes(node: ast.AST, function: str = "") -> Iterator[Change]:
    """Walk a tree in the order of its text; docstrings, annotations, defaults and words inside f-strings stay."""
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED:
            continue
        for at, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_text_alone(child):
                continue
            inner = function or (child.name if isinstance(child, ast.FunctionDef) else "")
            inner = inner or ("<lambda>" if isinstance(child, ast.Lambda) else "")
            if function and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                for new in _instead(child, name in TESTS):
                    yield Change(function, node, name, at, child, new)
            yield from _changes(child, inner)


def _is_text_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _instead(node: ast.AST, decides: bool) -> Iterator[ast.AST]:
    """Yield what may stand instead of a node; ``decides``: it is the condition of an if, a while or a choice."""
    if isinstance(node, ast.Constant):
        yield from _other_constant(node.value)
    elif isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            yield ast.Compare(node.left, [*node.ops[:at], COMPARED[type(op)](), *node.ops[at + 1 :]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
    elif isinstance(node, ast.AugAssign) and type(node.op) in COUNTED:
        yield ast.AugAssign(node.target, COUNTED[type(node.op)](), node.value)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield node.operand
    elif isinstance(node, ast.JoinedStr):
        yield ast.Constant("")
    elif isinstance(node, ast.Return) and not _is_nothing(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield ast.Pass()
    elif isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()
    if decides and isinstance(node, ast.expr) and not isinstance(node, ast.UnaryOp) and not _turns(node):
        yield ast.UnaryOp(ast.Not(), node)


def _is_nothing(node: ast.AST | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _turns(node: ast.AST) -> bool:
    """Tell whether the change of its one sign has already turned a condition into its opposite."""
    return isinstance(node, ast.Compare) and len(node.ops) == 1 and not isinstance(node.ops[0], ORDERS)


def _other_constant(value: object) -> Iterator[ast.Constant]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant("" if value else "x")
