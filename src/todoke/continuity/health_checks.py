"""Health checks 点検 of an installation, with results in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class CheckState(StrEnum):
    """The result level of a check (点検の結果), in rising order."""

    OK = "良好"
    WARNING = "注意"
    CRITICAL = "危険"


@dataclass(frozen=True)
class CheckResult:
    """The result of one check: what was found, and what to do next unless it is ok."""

    state: CheckState
    seen: str
    do: str = ""


Check = Callable[[], CheckResult]


@dataclass(frozen=True)
class NamedResult:
    """A result with the group and name of its check (点検の一行)."""

    group: str
    name: str
    finding: CheckResult


def ok(seen: str) -> CheckResult:
    """Return a result of level 良好."""
    return CheckResult(CheckState.OK, seen)


def warning(seen: str, do: str) -> CheckResult:
    """Return a result of level 注意."""
    return CheckResult(CheckState.WARNING, seen, do)


def critical(seen: str, do: str) -> CheckResult:
    """Return a result of level 危険."""
    return CheckResult(CheckState.CRITICAL, seen, do)


def run_checks(groups: dict[str, dict[str, Check]]) -> list[NamedResult]:
    """Run every check and return the results in order. A check that raises counts as critical."""
    lines = []
    for group, checks in groups.items():
        for name, check in checks.items():
            try:
                finding = check()
            except Exception as problem:  # whatever goes wrong in a check is itself what the operator must see
                finding = critical(f"確かめられませんでした({type(problem).__name__}: {str(problem)[:200]})", UNKNOWN)
            lines.append(NamedResult(group, name, finding))
    return lines


UNKNOWN = "原因を直してから、もう一度 ./todoke doctor を実行してください。"


def worst_state(lines: list[NamedResult]) -> CheckState:
    """Return the highest level among the results."""
    order = list(CheckState)
    return max((line.finding.state for line in lines), key=order.index, default=CheckState.OK)
