"""Regular expressions 正規表現: every one of the program, and lines that take long where one is not linear."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined] # the parser has no public name
from re import _parser as parser  # type: ignore[attr-defined] # the same
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

import todoke

ROOT = Path(todoke.__file__).parent
FUNCTIONS = {"compile", "match", "search", "sub", "subn", "fullmatch", "findall", "finditer", "split"}
FROM_THE_START = {"match", "fullmatch"}
SEARCHED = frozenset({"finditer"})
FLAGS = {"compile": 1, "match": 2, "search": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3, "sub": 4}
"""Where the flags stand among the arguments of a function of ``re``."""
STARTING = {"todoke.__main__", "todoke.wsgi", "todoke.proving.bootstrap", "todoke.proving.preloader"}
"""Modules that start a process when they are imported; they hold no expression."""
LOOKUPS = ("__regex", "__iregex")
FILLINGS = " a1あ一.-(、。"
KILLERS = ("\x01", "\x01\n", "")


@dataclass(frozen=True)
class Use:
    """A regular expression, where it stands, and the functions of ``re`` that use it; ``finditer`` where any may."""

    place: str
    regex: "re.Pattern[Any]"
    functions: frozenset[str]


def uses() -> Iterator[Use]:
    """Yield every expression: compiled ones of modules and classes, those in calls, lookups, validators, addresses."""
    every = list(addresses(get_resolver().url_patterns))
    trees = {path: ast.parse(path.read_text()) for path in ROOT.rglob("*.py")}
    anywhere = _called_in(trees.values())
    for info in pkgutil.walk_packages([str(ROOT)], "todoke."):
        if ".migrations" not in info.name and info.name not in STARTING:
            yield from _of_module(info.name, trees, anywhere)
    yield from (Use(f"address {pattern.pattern}", pattern, SEARCHED) for pattern in every)


def addresses(patterns: Iterable[URLPattern | URLResolver]) -> Iterator["re.Pattern[str]"]:
    """Yield the expression of every part of an address."""
    for pattern in patterns:
        regex: Any = pattern.pattern.regex
        yield regex
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)


def _of_module(name: str, sources: dict[Path, ast.Module], anywhere: dict[str, set[str]]) -> Iterator[Use]:
    module = importlib.import_module(name)
    tree = sources[Path(str(module.__file__))]
    here = _called_in([tree])
    known = set[tuple[Any, int]]()
    for key, value in list(vars(module).items()):
        called = (here if key.startswith("_") else anywhere).get(key, set())
        for regex in _compiled_in(value, name, set()):
            known.add((regex.pattern, regex.flags))
            yield Use(f"{name}.{key}", regex, _tried(called))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for function, expression in _expressions(node):
                given = _evaluated(expression, vars(module))
                place = f"{name}:{node.lineno}"
                if given is None:
                    yield Use(place, re.compile(UNKNOWN), SEARCHED)
                elif (given.pattern, given.flags) not in known:
                    yield Use(place, given, _tried({function}))


UNKNOWN = "no constant"


def _compiled_in(value: Any, module: str, seen: set[int]) -> Iterator["re.Pattern[Any]"]:
    """Yield what is compiled in a value: itself, in a container, or in an attribute of a class or row of the module."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from _compiled_in(inner, module, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _compiled_in(inner, module, seen)
    elif (isinstance(value, type) and value.__module__ == module) or hasattr(type(value), "__dataclass_fields__"):
        for inner in list(getattr(value, "__dict__", {}).values()):
            yield from _compiled_in(inner, module, seen)


def _tried(called: set[str]) -> frozenset[str]:
    return frozenset(called) if called and called <= FROM_THE_START else SEARCHED


def _called_in(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """Return the functions of ``re`` that are called on each name, also where it is reached by its module."""
    found = dict[str, set[str]]()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                for name in (getattr(node.value, "id", ""), getattr(node.value, "attr", "")):
                    found.setdefault(name, set()).add(node.attr)
    return found


def _expressions(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Yield the expressions that a call names, with the function that uses them."""
    name = call.func
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id == "re":
        if name.attr in FUNCTIONS and call.args:
            yield name.attr, call
    elif (isinstance(name, ast.Name) and name.id == "RegexValidator") and call.args:
        yield "search", call.args[0]
    for keyword in call.keywords:
        if keyword.arg and keyword.arg.endswith(LOOKUPS):
            yield "search", keyword.value


def _evaluated(expression: ast.expr, names: dict[str, Any]) -> "re.Pattern[Any] | None":
    """Return an expression of constants, compiled; None where it needs what only a call knows."""
    given: list[ast.expr] = []
    if isinstance(expression, ast.Call):
        place = FLAGS.get(getattr(expression.func, "attr", ""), len(expression.args))
        given = [each.value for each in expression.keywords if each.arg == "flags"] + expression.args[place : place + 1]
        expression = expression.args[0]
    try:
        flags = sum(_value(each, names) for each in given)
        found = _value(expression, names)
    except NameError:
        return None
    return found if isinstance(found, re.Pattern) else re.compile(found, flags)


def _value(expression: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "", "eval"), names)


def is_bounded(regex: "re.Pattern[Any]") -> bool:
    """Whether the expression has no repetition without an end, so that every start costs at most a constant."""
    return not any(most is code.MAXREPEAT for _, most, _ in _repeats(parser.parse(regex.pattern, regex.flags)))


def _repeats(parsed: Any) -> Iterator[tuple[list[str], Any, list[str]]]:
    """Yield prefix sample, greatest count and body sample of every repetition."""
    yield from _walk(list(parsed), [""])


def _walk(items: list[Any], before: list[str]) -> Iterator[tuple[list[str], Any, list[str]]]:
    for op, args in items:
        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _, most, body = args
            yield list(before), most, samples(list(body))
            yield from _walk(list(body), before)
        elif op is code.BRANCH:
            for branch in args[1]:
                yield from _walk(list(branch), before)
        elif op is code.SUBPATTERN:
            yield from _walk(list(args[3]), before)
        elif op is code.ATOMIC_GROUP:
            yield from _walk(list(args), before)
        elif op in (code.ASSERT, code.ASSERT_NOT):
            yield from _walk(list(args[1]), before)
        before = [one + two for one in before for two in samples([(op, args)])][:4]


def samples(items: list[Any], most: int = 4) -> list[str]:
    """Return a few short texts that the items match, more or less."""
    found = [""]
    for op, args in items:
        found = [one + two for one in found for two in _samples_of(op, args)][:most]
    return found


def _samples_of(op: Any, args: Any) -> list[str]:
    if op is code.LITERAL:
        return [chr(args)]
    if op in (code.NOT_LITERAL, code.ANY):
        return [each for each in FILLINGS if op is code.ANY or ord(each) != args][:4]
    if op is code.IN:
        return _letters(args)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, greatest, body = args
        once = samples(list(body), 3)
        return [one * max(least, 1) for one in once] if least or not greatest else [*(one * 1 for one in once), ""]
    if op is code.BRANCH:
        return [one for branch in args[1] for one in samples(list(branch), 2)][:6]
    if op is code.SUBPATTERN:
        return samples(list(args[3]))
    if op is code.ATOMIC_GROUP:
        return samples(list(args))
    return [""]


def _letters(wanted: list[Any]) -> list[str]:
    """Return up to five letters of a set, of different kinds."""
    found: list[str] = []
    for each in (*FILLINGS, "\n", "\t", "A", "０", "ア", *(_first(item) for item in wanted)):
        if each and _is_in(each, wanted) and each not in found:
            found.append(each)
    return found[:5] or [""]


def _first(item: Any) -> str:
    op, args = item
    return chr(args) if op is code.LITERAL else chr(args[0]) if op is code.RANGE else ""


CATEGORIES: dict[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: str.isdigit, code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda each: each.isalnum() or each == "_",
}  # fmt: skip


def _is_in(letter: str, wanted: list[Any]) -> bool:
    negated, found = False, False
    for op, args in wanted:
        if op is code.NEGATE:
            negated = True
        elif op is code.LITERAL:
            found |= ord(letter) == args
        elif op is code.RANGE:
            found |= args[0] <= ord(letter) <= args[1]
        elif op is code.CATEGORY:
            known = CATEGORIES.get(args)
            found |= known(letter) if known else not _negated(args, letter)
    return found != negated


def _negated(category: Any, letter: str) -> bool:
    plain = str(category).replace("NOT_", "")
    return next(known(letter) for name, known in CATEGORIES.items() if str(name) == plain)


def lines(regex: "re.Pattern[Any]", length: int) -> Iterator[str]:
    """Yield lines of about a length: each repetition's body, what stands before it, and both, over and over."""
    seen = set()
    for before, most, body in _repeats(parser.parse(regex.pattern, regex.flags)):
        if most is not code.MAXREPEAT:
            continue
        for one in body:
            for two in before:
                for start, again in ((two, one), ("", two), ("", two + one), ("", one + two)):
                    for end in KILLERS:
                        if again and (start, again, end) not in seen:
                            seen.add((start, again, end))
                            yield start + again * (length // len(again)) + end
