"""Mutation test of the pure modules: small changes of their functions, and which of them no plain test notices.

./todoke bench mutation [--most 80] [MODULE…]

A module's own tests are ``tests/<room>/test_<module>.py`` and FURTHER_TESTS, those without a database. They are
collected once; then every mutant is a fork of this process in which the live functions have the changed code.
A mutant is killed when a test fails, or when it uses many times the processor time of the unchanged code.
What stands outside of functions (tables, patterns, defaults of fields) is not changed.
More mutants than ``--most`` are drawn with the seed 7.
Nobody waits for the disk.
"""

import argparse
import gc
import os
import platform
import resource
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random

import hypothesis
import pytest
from django.utils import translation

from benchmarks.mutants import Mutant, mutants_of

SEED = 7
BROKEN = 255
RUNS_LONGER = 10
"""A mutant may use this many times the processor time of the unchanged code, and two seconds more."""
MODULES = (
    "formbuilder.document.structure",
    "formbuilder.document.conditions",
    "formbuilder.document.question_types",
    "formbuilder.document.comparison",
    "formbuilder.document.condition_paths",
    "formbuilder.document.formulas",
    "payments.matching",
    "approvals.approval_rules",
    "approvals.authority",
    "cases.answers",
    "design.glyphs",
    "portal.progress",
    "flows.step_table",
    "flows.diagram.layout",
    "flows.diagram.grid_placement",
    "flows.suggestions",
    "flows.effort",
    "flows.mining.state_space",
    "procedures.columns",
    "procedures.imports.row_matching",
    "offers.fees",
    "roadmaps.ranking",
    "roadmaps.problem",
    "meetings.minutes.agenda",
    "meetings.minutes.heading",
    "meetings.minutes.speeches",
    "meetings.minutes.owners",
    "design.forms",
    "continuity.backup_repository",
    "continuity.snapshot",
    "records.retention",
    "systems.availability",
    "plans.forecast",
    "japanese.parsers",
    "japanese.calendar",
    "japanese.variants",
    "japanese.search_tokens",
)
FURTHER_TESTS = {
    "formbuilder.document.formulas": ("formula_rules",),
    "formbuilder.document.question_types": ("answer_display",),
}
"""Test files that hold a module beside the one of its name, where that one was full."""
PURE_OF: dict[str, tuple[str, ...]] = {
    "approvals.authority": ("matches_step", "_ranked", "_acting", "steps_open_to"),
    "cases.answers": ("body_hash", "answers_of", "summary_rows", "applicant_of"),
    "continuity.snapshot": ("_read", "read_sqlite"),
    "procedures.imports.row_matching": ("differs", "key_of", "_title_key", "_find"),
}
"""The functions of a module that ask no database, where others do; those are held by tests from above."""


@dataclass
class Result:
    """What became of the mutants of one module, and the lines of its code and of its plain tests."""

    module: str
    code: int
    tests: int
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.killed + len(self.survivors)


def codes_in(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield all functions of a compiled module, at any depth."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from codes_in(constant)


def key_of(code: types.CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def live_functions(paths: Iterable[str]) -> dict[str, list[types.FunctionType]]:
    """Return every function object in memory that was written in one of these files."""
    found: dict[str, list[types.FunctionType]] = {path: [] for path in paths}
    for thing in gc.get_objects():
        if type(thing) is types.FunctionType and thing.__code__.co_filename in found:
            found[thing.__code__.co_filename].append(thing)
    return found


class Mutation:
    """A plugin of pytest that runs the collected tests again and again, each time against another mutant."""

    def __init__(self, modules: list[str], most: int) -> None:
        self.most = most
        self.paths = {module: Path(str(import_module(f"todoke.{module}").__file__)) for module in modules}
        self.results: list[Result] = []
        self.failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = live_functions(map(str, self.paths.values()))
        gc.freeze()
        translation.activate("ja")
        for module, path in self.paths.items():
            items = [
                item for item in session.items if isinstance(item, pytest.Function) and item.path in tests_of(module)
            ]
            plain = [item for item in items if not item.get_closest_marker("django_db")]
            self.results.append(self.measure(module, plain, functions[str(path)]))
            show(self.results[-1])
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def measure(self, module: str, items: list[pytest.Function], functions: list[types.FunctionType]) -> Result:
        path = self.paths[module]
        source = path.read_text(encoding="utf-8")
        result = Result(module, lines_of(path), sum(lines_of(test) for test in {item.path for item in items}))
        killed_by, seconds = self.outcome(items, None, [], 600)
        if killed_by is not None or not items:
            pytest.exit(f"{module}: the tests must exist and pass before anything is changed", 2)
        named = PURE_OF.get(module, ())
        if gone := [name for name in named if f"def {name}(" not in source]:
            pytest.exit(f"{module} has no function {gone} any more", 2)
        mutants = list(mutants_of(source, named))
        drawn = sorted(Random(SEED).sample(mutants, self.most)) if len(mutants) > self.most else mutants
        for mutant in drawn:
            code = compile(mutant.tree(source), str(path), "exec")
            killed_by, _ = self.outcome(items, code, functions, int(seconds * RUNS_LONGER) + 2)
            if killed_by is None:
                result.survivors.append(mutant)
            else:
                result.killed += 1
                items.insert(0, items.pop(killed_by))
        return result

    def outcome(
        self, items: list[pytest.Function], code: types.CodeType | None, functions: list[types.FunctionType], limit: int
    ) -> tuple[int | None, float]:
        """Run tests in a fork with changed functions; return which test failed, if any, and the processor time."""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            try:
                exchange(code, functions)
                code_of_exit = self.first_failure(items)
            except BaseException:
                code_of_exit = BROKEN
            os._exit(code_of_exit)
        _, status, usage = os.wait4(child, 0)
        code_of_exit = os.waitstatus_to_exitcode(status)
        if code_of_exit == BROKEN:
            pytest.exit("the run itself failed, not a test", 2)
        failed = None if code_of_exit == 0 else max(0, code_of_exit - 1)
        return failed, usage.ru_utime + usage.ru_stime

    def first_failure(self, items: list[pytest.Function]) -> int:
        """Run tests until one fails; return its number, counted from one, or zero."""
        for number, item in enumerate(items, 1):
            given = item.callspec.params if hasattr(item, "callspec") else {}
            if set(item._fixtureinfo.argnames) <= given.keys():  # noqa: SLF001 - pytest says it nowhere else
                self.call(item, given)
            else:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.failed:
                return min(number, BROKEN - 1)
        return 0

    def call(self, item: pytest.Function, given: Mapping[str, object]) -> None:
        """Call a test that asks for no fixture: the fixtures of all tests would take most of the time."""
        try:
            item.obj(**given)
        except BaseException:
            self.failed = True


def exchange(code: types.CodeType | None, functions: list[types.FunctionType]) -> None:
    """Give the live functions the code of a mutant."""
    changed = {key_of(found): found for found in codes_in(code)} if code else {}
    for function in functions:
        new = changed.get(key_of(function.__code__))
        if new is not None:
            function.__code__ = new.replace(co_freevars=function.__code__.co_freevars)


def tests_of(module: str) -> list[Path]:
    parts = module.split(".")
    names = (parts[-1], *FURTHER_TESTS.get(module, ()))
    return [Path("tests", parts[0], f"test_{name}.py").resolve() for name in names]


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def show(result: Result) -> None:
    part = f"{result.killed / result.all:.0%}" if result.all else ""
    ratio = f"{result.tests / result.code:.2f}"
    print(f"| {result.module} | {result.all} | {result.killed} | {part} | {result.code} | {ratio} |")
    for mutant in result.survivors:
        print(f"    {result.module}:{mutant}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--most", type=int, default=80)
    chosen = parser.parse_args()
    print(
        f"machine: {os.cpu_count()} cores, Python {platform.python_version()}",
        f"at most {chosen.most} mutants a module, seed {SEED}",
        sep="; ",
    )
    print("| module | mutants | killed | part | lines | tests to code |\n|---|---|---|---|---|---|")
    hypothesis.settings.register_profile("mutation", database=None, derandomize=True)
    for name in ("sync", "fsync"):
        setattr(os, name, lambda *_: None)
    plugin = Mutation(chosen.modules, chosen.most)
    tests = [str(path) for module in chosen.modules for path in tests_of(module)]
    quiet = ["-qq", "-s", "--no-header", "--no-summary", "-p", "no:cacheprovider", "--hypothesis-profile=mutation"]
    if code_of_exit := pytest.main([*quiet, *dict.fromkeys(tests)], plugins=[plugin]):
        raise SystemExit(code_of_exit)
    killed, every = (sum(getattr(result, name) for result in plugin.results) for name in ("killed", "all"))
    code, lines = (sum(getattr(result, name) for result in plugin.results) for name in ("code", "tests"))
    print(f"| all | {every} | {killed} | {killed / every:.1%} | {code} | {lines / code:.2f} |")


if __name__ == "__main__":
    main()
